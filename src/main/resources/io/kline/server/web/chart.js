import * as echarts from './lib/echarts.esm.min.js';
import { Zone, countdown, isIntraday, nextOpen } from './clock.js';
import { compact, direction, exact, rounded, scaleOf } from './decimals.js';

const VISIBLE = 140;
const FEWEST = 15;
const MOST = 1500;
/** Empty places behind the last candle. */
const AHEAD = 8;
/** So few candles left of the view make it ask for older ones. */
const NEARBY = 250;
const LABEL_WIDTH = 84;
const TIME_HEIGHT = 28;
/** Room for the figures over the candles; on a narrow screen they take more lines. */
const TOP = 48;
const NARROW = 640;
const TOP_NARROW = 66;

/**
 * <kline-chart>: candles and volumes on a canvas, dragged and zoomed with pointer, wheel, fingers or keys.
 *
 * Events: "needolder" when the view comes near the oldest candle; "cursor" with `detail` the kline under the crosshair
 * or null; "follow" when the newest candle comes into or leaves the view.
 */
export class KlineChart extends HTMLElement {
    #chart;
    #tag;
    #series = null;
    #interval = '1m';
    #zone = Zone.fixed('Z');
    #scale = 0;
    #times = [];
    #view = { start: 0, end: 0 };
    #cursor = -1;
    #colours = {};
    #frame = 0;
    #stale = false;

    connectedCallback() {
        this.tabIndex = 0;
        const canvas = document.createElement('div');
        canvas.className = 'canvas';
        this.#tag = document.createElement('div');
        this.#tag.className = 'last-price';
        this.append(canvas, this.#tag);
        this.#chart = echarts.init(canvas);
        this.#chart.on('datazoom', () => this.#zoomed());
        this.#chart.on('updateAxisPointer', (event) => this.#pointed(event.axesInfo?.[0]?.value));
        this.#chart.getZr().on('globalout', () => this.#pointed(undefined));
        canvas.addEventListener('wheel', (event) => this.#wheeled(event), { capture: true, passive: false });
        this.addEventListener('keydown', (event) => this.#pressed(event));
        new ResizeObserver(() => this.#resized()).observe(this);
        setInterval(() => this.#placeTag(), 1000);
        this.restyle();
    }

    /** The klines that are drawn, oldest first. */
    get klines() {
        return this.#series?.klines ?? [];
    }

    /** Those in view. */
    get visible() {
        return this.klines.slice(Math.max(0, this.#view.start), this.#view.end + 1);
    }

    /** Whether the newest candle is in view. */
    get follows() {
        return this.#view.end >= this.klines.length - 1;
    }

    get scale() {
        return this.#scale;
    }

    /** Shows other candles, the newest first in view. */
    show(series, interval, zone) {
        this.#series = series;
        this.#interval = interval;
        this.#zone = zone;
        this.#cursor = -1;
        this.#scale = 0;
        this.#view = this.#newest(Math.min(VISIBLE, Math.max(60, Math.floor(this.clientWidth / 7))));
        this.#draw();
    }

    /** Draws a series that was read again where the view is. */
    replace(series) {
        const left = this.klines[Math.max(0, this.#view.start)]?.t;
        const { follows } = this;
        const span = this.#view.end - this.#view.start;
        this.#series = series;
        if (follows || left === undefined) {
            this.#view = this.#newest(span);
        } else {
            const start = series.indexOf(left);
            this.#view = { start, end: start + span };
        }
        this.#draw();
    }

    /** Draws again after `older` candles came in front. */
    prepended(older) {
        this.#view = { start: this.#view.start + older, end: this.#view.end + older };
        this.#cursor += this.#cursor < 0 ? 0 : older;
        this.#draw();
    }

    /** Draws again after the last candle changed, an older one was corrected, or one was added. */
    updated() {
        const added = this.klines.length + AHEAD - this.#times.length;
        if (added > 0 && this.#view.end >= this.klines.length - 1 - added) {
            this.#view = { start: this.#view.start + added, end: this.#view.end + added };
        }
        if (this.#frame === 0) {
            this.#frame = requestAnimationFrame(() => this.#draw());
        }
    }

    /** Moves the view to the newest candle. */
    showNewest() {
        this.#view = this.#newest(this.#view.end - this.#view.start);
        this.#draw();
        this.dispatchEvent(new Event('follow'));
    }

    set zone(zone) {
        this.#zone = zone;
        this.#draw();
    }

    /** Whether the last price may be an old one. */
    set stale(stale) {
        this.#stale = stale;
        this.#placeTag();
    }

    /** Takes the colours from the style sheet again. */
    restyle() {
        const style = getComputedStyle(this);
        for (const name of ['up', 'down', 'flat', 'text', 'muted', 'line', 'grid', 'panel', 'bar-up', 'bar-down', 'raised']) {
            this.#colours[name] = style.getPropertyValue(`--${name}`).trim();
        }
        this.#colours.font = style.fontFamily;
        this.#draw();
    }

    get #top() {
        return this.clientWidth < NARROW ? TOP_NARROW : TOP;
    }

    #newest(span) {
        const end = this.klines.length - 1 + AHEAD;
        return { start: end - span, end };
    }

    #draw() {
        cancelAnimationFrame(this.#frame);
        this.#frame = 0;
        if (!this.#series || !this.#chart) {
            return;
        }
        const klines = this.klines;
        this.#times = klines.map((kline) => kline.t);
        for (let ahead = 0; ahead < AHEAD && klines.length > 0; ahead++) {
            this.#times.push(nextOpen(this.#times.at(-1), this.#interval, this.#zone));
        }
        for (const kline of klines.slice(-VISIBLE)) {
            this.#scale = Math.max(this.#scale, ...[kline.o, kline.h, kline.l, kline.c].map(scaleOf));
        }
        this.#keepInside();
        this.#chart.setOption(this.#option(), { replaceMerge: [] });
        this.#placeTag();
        this.#report();
        if (klines.length > 0 && this.#view.start < NEARBY) {
            this.dispatchEvent(new Event('needolder'));
        }
    }

    #keepInside() {
        const places = this.#times.length;
        const span = Math.max(FEWEST, Math.min(MOST, this.#view.end - this.#view.start));
        const end = Math.max(Math.min(this.#view.end, places - 1), Math.min(span, places - 1));
        this.#view = { start: Math.max(0, end - span), end };
    }

    #option() {
        const { up, down, flat, text, muted, line, grid, raised, font } = this.#colours;
        const klines = this.klines;
        const right = LABEL_WIDTH;
        const volume = Math.round(Math.max(56, this.clientHeight * 0.16));
        const label = { color: muted, fontFamily: font, fontSize: 11 };
        const pointerLabel = { color: text, backgroundColor: raised, fontFamily: font, fontSize: 11, padding: [5, 8], borderRadius: 4, shadowBlur: 0 };
        const ticks = this.#ticks();
        const isTick = (_, at) => ticks.has(Number(at));
        const time = {
            type: 'category',
            data: this.#times,
            boundaryGap: true,
            axisLine: { show: false },
            axisTick: { show: false },
            splitLine: { show: true, interval: isTick, lineStyle: { color: grid } },
            axisPointer: { lineStyle: { color: line, type: [4, 4] }, label: { show: false } },
        };
        const value = {
            position: 'right',
            axisLine: { show: false },
            axisTick: { show: false },
            splitLine: { lineStyle: { color: grid } },
            axisPointer: { lineStyle: { color: line, type: [4, 4] } },
        };
        return {
            animation: false,
            textStyle: { fontFamily: font },
            tooltip: { trigger: 'axis', showContent: false, axisPointer: { type: 'cross' } },
            axisPointer: { link: [{ xAxisIndex: 'all' }] },
            grid: [
                { left: 0, right, top: this.#top, bottom: volume + TIME_HEIGHT + 12, outerBoundsMode: 'none' },
                { left: 0, right, height: volume, bottom: TIME_HEIGHT, outerBoundsMode: 'none' },
            ],
            xAxis: [
                { ...time, gridIndex: 0, axisLabel: { show: false } },
                {
                    ...time,
                    gridIndex: 1,
                    axisLabel: { ...label, interval: isTick, formatter: (at) => ticks.get(Number(at)) ?? '', margin: 9 },
                    axisPointer: {
                        ...time.axisPointer,
                        label: { ...pointerLabel, show: true, margin: 3, formatter: ({ value: at }) => this.#zone.full(Number(at), isIntraday(this.#interval)) },
                    },
                },
            ],
            yAxis: [
                {
                    ...value,
                    gridIndex: 0,
                    scale: true,
                    splitNumber: 6,
                    axisLabel: { ...label, formatter: (price) => rounded(price, this.#scale), showMinLabel: false, showMaxLabel: false, margin: 10 },
                    axisPointer: { ...value.axisPointer, label: { ...pointerLabel, margin: 2, formatter: ({ value: price }) => rounded(price, this.#scale) } },
                    min: ({ min, max }) => min - margin(min, max),
                    max: ({ min, max }) => max + margin(min, max),
                },
                {
                    ...value,
                    gridIndex: 1,
                    splitNumber: 2,
                    splitLine: { show: false },
                    axisLabel: { ...label, formatter: compact, showMinLabel: false, margin: 10 },
                    axisPointer: { ...value.axisPointer, label: { ...pointerLabel, margin: 2, formatter: ({ value: amount }) => compact(amount) } },
                },
            ],
            dataZoom: [
                { type: 'inside', xAxisIndex: [0, 1], startValue: this.#view.start, endValue: this.#view.end, minValueSpan: FEWEST, maxValueSpan: MOST },
            ],
            series: [
                {
                    type: 'candlestick',
                    xAxisIndex: 0,
                    yAxisIndex: 0,
                    large: false,
                    barMaxWidth: 18,
                    itemStyle: { color: up, color0: down, borderColor: up, borderColor0: down, borderColorDoji: flat, borderWidth: 1 },
                    emphasis: { disabled: true },
                    data: klines.map(({ o, c, l, h }) => [Number(o), Number(c), Number(l), Number(h)]),
                },
                {
                    type: 'bar',
                    xAxisIndex: 1,
                    yAxisIndex: 1,
                    large: false,
                    barMaxWidth: 18,
                    barCategoryGap: '25%',
                    emphasis: { disabled: true },
                    itemStyle: { color: ({ dataIndex }) => this.#colours[Number(klines[dataIndex].c) < Number(klines[dataIndex].o) ? 'bar-down' : 'bar-up'] },
                    data: klines.map(({ v }) => Number(v)),
                },
            ],
        };
    }

    /** The labels of the time axis in view by time: only ranks of times that are rare enough not to touch. */
    #ticks() {
        const most = Math.max(2, (this.clientWidth - LABEL_WIDTH) / 86);
        const ranked = [];
        for (let index = Math.max(1, this.#view.start); index <= this.#view.end && index < this.#times.length; index++) {
            const time = this.#times[index];
            ranked.push({ time, ...this.#zone.tick(this.#times[index - 1], time) });
        }
        for (let rank = 0; rank <= 12; rank++) {
            const ticks = ranked.filter((tick) => tick.rank >= rank);
            if (ticks.length <= most) {
                return new Map(ticks.map(({ time, text }) => [time, text]));
            }
        }
        return new Map();
    }

    /** The last price beside its axis, with the time until its candle closes. */
    #placeTag() {
        const last = this.#series?.last;
        const height = this.#chart?.getHeight();
        this.#tag.hidden = !last;
        if (!last) {
            return;
        }
        const y = this.#chart.convertToPixel({ yAxisIndex: 0 }, Number(last.c));
        const bottom = height - TIME_HEIGHT - Math.max(56, height * 0.16) - 12;
        const inside = y >= this.#top && y <= bottom;
        this.#tag.className = `last-price ${direction(Number(last.o), Number(last.c))}`;
        this.#tag.classList.toggle('stale', this.#stale);
        this.#tag.classList.toggle('outside', !inside);
        this.#tag.style.top = `${Math.round(Math.max(this.#top, Math.min(bottom, y)))}px`;
        const left = this.#stale || last.x ? '' : countdown(last.T + 1 - Date.now());
        this.#tag.replaceChildren(span('price', exact(last.c, this.#scale)), ...(left ? [span('left', left)] : []));
    }

    #zoomed() {
        const { startValue, endValue } = this.#chart.getOption().dataZoom[0];
        const { follows } = this;
        this.#view = { start: startValue, end: endValue };
        // The ticks and the range of prices are those of the view.
        this.#frame ||= requestAnimationFrame(() => this.#draw());
        if (follows !== this.follows) {
            this.dispatchEvent(new Event('follow'));
        }
    }

    #pointed(index) {
        this.#cursor = index ?? -1;
        this.#report();
    }

    #report() {
        this.dispatchEvent(new CustomEvent('cursor', { detail: this.klines[this.#cursor] ?? null }));
    }

    /** Sideways scrolls; up and down, the chart zooms by itself. */
    #wheeled(event) {
        event.preventDefault();
        if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
            event.stopPropagation();
            this.#move((event.deltaX / this.clientWidth) * (this.#view.end - this.#view.start));
        }
    }

    #pressed(event) {
        const span = this.#view.end - this.#view.start;
        const actions = {
            ArrowLeft: () => (event.shiftKey ? this.#move(-span / 4) : this.#point(-1)),
            ArrowRight: () => (event.shiftKey ? this.#move(span / 4) : this.#point(1)),
            PageUp: () => this.#move(-span),
            PageDown: () => this.#move(span),
            Home: () => this.#move(-this.#view.start),
            End: () => this.showNewest(),
            '+': () => this.#zoomTo(span * 0.8),
            '-': () => this.#zoomTo(span * 1.25),
            Escape: () => this.#chart.dispatchAction({ type: 'hideTip' }),
        };
        if (actions[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            actions[event.key]();
        }
    }

    #move(candles) {
        const span = this.#view.end - this.#view.start;
        const start = Math.max(0, Math.min(this.#times.length - 1 - span, Math.round(this.#view.start + candles)));
        this.#chart.dispatchAction({ type: 'dataZoom', startValue: start, endValue: start + span });
    }

    #zoomTo(span) {
        const whole = Math.round(Math.max(FEWEST, Math.min(MOST, span)));
        this.#chart.dispatchAction({ type: 'dataZoom', startValue: Math.max(0, this.#view.end - whole), endValue: this.#view.end });
    }

    /** Moves the crosshair from candle to candle. */
    #point(step) {
        const from = this.#cursor < 0 ? Math.min(this.#view.end, this.klines.length - 1) + (step > 0 ? 0 : 1) : this.#cursor;
        const index = Math.max(0, Math.min(this.klines.length - 1, from + step));
        if (index < this.#view.start || index > this.#view.end) {
            this.#move(step);
        }
        this.#chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: index });
        this.#pointed(index);
    }

    #resized() {
        if (this.clientWidth > 0) {
            this.#chart.resize();
            this.#draw();
        }
    }
}

/** Empty room over and under the candles; a price that never moved has some too. */
function margin(low, high) {
    return (high - low) * 0.08 || Math.abs(high) * 0.002 || 1;
}

function span(className, text) {
    const element = document.createElement('span');
    element.className = className;
    element.textContent = text;
    return element;
}

customElements.define('kline-chart', KlineChart);
