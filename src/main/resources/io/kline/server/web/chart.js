import { Zone, countdown, isIntraday } from './clock.js';
import { direction, exact, rounded, scaleOf } from './decimals.js';
import { element, write } from './dom.js';
import { heikinAshi } from './indicators.js';
import { pressed } from './keys.js';
import { AreaSeries, BarSeries, CandlestickSeries, HistogramSeries, LineSeries, createChartEx, createSeriesMarkers } from './lib/lightweight-charts.js';
import { Measure } from './measure.js';
import { Studies } from './studies.js';
import { ZonedTimeScale } from './timescale.js';

const SPACING = 7;
/** Empty places behind the last candle. */
const AHEAD = 8;
/** So few candles left of the view make it ask for older ones. */
const NEARBY = 250;
/** Empty room above the candles, px. */
const ROOM = 24;

const TYPES = { candles: CandlestickSeries, heikin: CandlestickSeries, bars: BarSeries, line: LineSeries, area: AreaSeries };
const COLOURS = ['up', 'down', 'flat', 'text', 'muted', 'line', 'grid', 'panel', 'raised', 'bar-up', 'bar-down', 'accent', 'tint', 'warn', 'border', 'study-1', 'study-2', 'study-3', 'study-4', 'study-5', 'study-6'];
const SHAPES = { gap: 'square', incomplete: 'arrowUp', corrected: 'circle' };
const SCALES = { linear: 0, log: 1, percent: 2 };

/**
 * <kline-chart>: candles, volumes and indicators on a canvas, dragged and zoomed with pointer, wheel, fingers or keys.
 * A change of the last candle draws that candle; what is out of view is never drawn.
 *
 * Events: "needolder" when the view comes near the oldest candle; "cursor" with `detail` the kline under the crosshair
 * or null; "follow" when the newest candle comes into or leaves the view.
 */
export class KlineChart extends HTMLElement {
    /** The server's time. */
    now = () => Date.now();
    #axis = new ZonedTimeScale();
    #chart;
    #main = null;
    #volume;
    #markers;
    #lastPrice = null;
    #studies;
    #compared = null;
    #other = null;
    #tag = element('div', { className: 'countdown', hidden: true });
    #series = null;
    #rows = [];
    #made = [];
    #type = 'candles';
    #scaling = 'linear';
    #studyIds = [];
    #marks = [];
    #interval = '1m';
    #scale = 0;
    #tick = '1';
    #cursor = -1;
    #colours = {};
    /** Whether nothing is before the first candle. */
    isWhole = false;
    #follows = true;
    #headroom = 32;
    #frame = 0;

    connectedCallback() {
        this.tabIndex = 0;
        const canvas = element('div', { className: 'canvas', ariaHidden: 'true' });
        this.append(canvas, this.#tag);
        this.#chart = createChartEx(canvas, this.#axis, {
            autoSize: true,
            layout: { attributionLogo: false, fontSize: 11 },
            crosshair: { mode: 0 },
            timeScale: { rightOffset: AHEAD, barSpacing: SPACING, minBarSpacing: 0.5, timeVisible: true, borderVisible: false },
            rightPriceScale: { borderVisible: false },
            localization: { timeFormatter: (time) => this.zone.full(time * 1000, isIntraday(this.#interval)) },
        });
        this.#volume = this.#chart.addSeries(HistogramSeries, { priceScaleId: 'volume', priceFormat: { type: 'volume' }, lastValueVisible: false, priceLineVisible: false });
        this.#volume.priceScale().applyOptions({ scaleMargins: { top: 0.84, bottom: 0 } });
        this.#studies = new Studies(this.#chart);
        this.restyle();
        this.#chart.subscribeCrosshairMove(({ logical, point }) => this.#pointed(point ? logical : undefined));
        this.#chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#moved());
        this.addEventListener('keydown', (event) => pressed(this, event));
        addEventListener('themechange', () => this.restyle());
        new Measure(this, canvas);
        setInterval(() => this.#placeTag(), 1000);
    }

    /** The klines that are drawn, oldest first. */
    get klines() {
        return this.#series?.klines ?? [];
    }

    /** Those in view. */
    get visible() {
        const { from, to } = this.view;
        return this.klines.slice(Math.max(0, Math.round(from)), Math.max(0, Math.round(to) + 1));
    }

    /** First and last index in view; they may lie outside of the candles. */
    get view() {
        return this.#chart.timeScale().getVisibleLogicalRange() ?? { from: 0, to: 0 };
    }

    set view(range) {
        this.#chart.timeScale().setVisibleLogicalRange(range);
    }

    /** Whether the newest candle is in view. */
    get follows() {
        return this.#follows;
    }

    /** Digits of prices. */
    get scale() {
        return this.#scale;
    }

    get interval() {
        return this.#interval;
    }

    /** The least step of prices, as text: what the axis is divided by, and the fewest digits of prices. */
    set tick(text) {
        this.#tick = text;
        this.#scale = Math.max(this.#scale, scaleOf(text));
    }

    /** What draws, for tools on the chart. */
    get library() {
        return { chart: this.#chart, main: this.#main, volume: this.#volume };
    }

    get zone() {
        return this.#axis.zone;
    }

    set zone(zone) {
        const { view } = this;
        this.#axis.zone = zone;
        this.#volume.setData([]);
        this.#main.setData([]);
        this.#compared?.setData([]);
        this.#studies.choose([], this.#colours);
        this.#chooseStudies();
        this.#draw();
        this.view = view;
    }

    /** One of candles, heikin, bars, line, area. */
    set type(type) {
        this.#type = Object.hasOwn(TYPES, type) ? type : 'candles';
        this.#renew();
    }

    /** One of linear, log, percent. */
    set scaling(name) {
        this.#scaling = Object.hasOwn(SCALES, name) ? name : 'linear';
        this.#rescale();
    }

    set studies(ids) {
        this.#studyIds = ids;
        this.#chooseStudies();
        this.#drawStudies(false);
    }

    /** Candles with a sign: [{ time, kind }]. */
    get marks() {
        return this.#marks;
    }

    set marks(marks) {
        this.#marks = marks;
        this.#mark();
    }

    /** Another symbol's series as a line in percent, or null. Only the last candle changed, if `onlyLast`. */
    compare(series, onlyLast = false, title = '') {
        this.#other = series;
        if (!series && this.#compared) {
            this.#chart.removeSeries(this.#compared);
            this.#compared = null;
        } else if (series) {
            this.#compared ??= this.#chart.addSeries(LineSeries, { color: this.#colours.warn, title, lineWidth: 2, priceLineVisible: false });
            this.#drawCompared(onlyLast);
        }
        this.#rescale();
    }

    /** Height of the figures that stand over the candles, px. */
    set headroom(height) {
        if (Math.abs(height - this.#headroom) > 4) {
            this.#headroom = height;
            this.#rescale();
        }
    }

    /** Values of the indicators of the candle under the crosshair, or the last one. */
    get studyValues() {
        return this.#studies.at(this.#cursor < 0 ? this.#rows.length - 1 : this.#cursor);
    }

    /** Nothing, until there is something to show. */
    clear() {
        this.#series = null;
        this.#rows = [];
        this.#cursor = -1;
        this.#marks = [];
        this.#scale = scaleOf(this.#tick);
        this.#draw();
    }

    /** Shows other candles, the newest first in view. */
    show(series, interval, zone) {
        this.#interval = interval;
        this.#axis.zone = zone;
        this.clear();
        this.#series = series;
        this.#draw();
        this.#chart.timeScale().applyOptions({ barSpacing: SPACING });
        this.#chart.priceScale('right').setAutoScale(true);
        this.showNewest();
    }

    /** Draws a series that was read again, or grew, where the view is. */
    replace(series) {
        const { from, to } = this.view;
        const left = Math.max(0, Math.round(from));
        const time = this.#rows[left]?.time;
        this.#series = series;
        this.#draw();
        if (!this.#follows && time !== undefined) {
            const moved = series.indexOf(time * 1000) - left;
            this.view = { from: from + moved, to: to + moved };
        }
    }

    /** Draws one kline that is new, or changed. */
    updated(kline) {
        const index = this.#series.indexOf(kline.t);
        const isLast = index >= this.#rows.length - 1;
        if (!isLast || index > this.#rows.length || scaleOf(kline.c) > this.#scale) {
            this.replace(this.#series);
            return;
        }
        this.#rows[index] = row(kline);
        delete this.#made[index];
        this.#main.update(this.#shape(index));
        this.#volume.update(this.#bar(index));
        this.#drawStudies(true);
        this.#placeTag();
    }

    /** Moves the view to the newest candle. */
    showNewest() {
        this.#chart.timeScale().scrollToPosition(AHEAD, false);
        this.#chart.priceScale('right').setAutoScale(true);
    }

    /** Takes the colours from the style sheet again. */
    restyle() {
        const style = getComputedStyle(this);
        this.#colours = Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`)]));
        const { panel, muted, grid, line, raised, border } = this.#colours;
        const pointer = { color: line, labelBackgroundColor: document.documentElement.dataset.theme === 'light' ? muted : raised };
        this.#chart.applyOptions({
            layout: { background: { color: panel }, textColor: muted, fontFamily: style.fontFamily, panes: { separatorColor: border } },
            grid: { vertLines: { color: grid }, horzLines: { color: grid } },
            crosshair: { vertLine: pointer, horzLine: pointer },
        });
        this.#renew();
    }

    /** A picture of what is in view, as a canvas. */
    picture() {
        return this.#chart.takeScreenshot(true);
    }

    /** Another kind of series, or other colours. */
    #renew() {
        if (this.#main) {
            this.#chart.removeSeries(this.#main);
        }
        const { up, down, accent, tint, panel, line } = this.#colours;
        const candles = { upColor: up, downColor: down, wickUpColor: up, wickDownColor: down, borderUpColor: up, borderDownColor: down };
        const lines = { color: accent, lineColor: accent, topColor: tint, bottomColor: `${panel}00`, lineWidth: 2 };
        this.#main = this.#chart.addSeries(TYPES[this.#type], { ...candles, ...lines, baseLineColor: line, priceLineVisible: false, lastValueVisible: false }, 0);
        this.#main.setSeriesOrder(1);
        this.#markers = createSeriesMarkers(this.#main, []);
        this.#lastPrice = null;
        this.#chooseStudies();
        this.#rescale();
        this.#draw();
    }

    #rescale() {
        const mode = this.#compared ? SCALES.percent : SCALES[this.#scaling];
        this.#studies.isInPercent = mode === SCALES.percent;
        const top = Math.min(0.4, (this.#headroom + ROOM) / Math.max(1, this.#chart.panes()[0].getHeight()));
        this.#chart.priceScale('right').applyOptions({ mode, scaleMargins: { top, bottom: 0.2 } });
        this.#placeTag();
    }

    #format() {
        return { type: 'custom', formatter: (price) => rounded(price, this.#scale), minMove: this.#scale > scaleOf(this.#tick) ? 10 ** -this.#scale : Number(this.#tick) };
    }

    #chooseStudies() {
        this.#studies.choose(this.#studyIds, this.#colours, this.#format());
    }

    #draw() {
        this.#rows = this.klines.map(row);
        this.#scale = this.klines.reduce((most, { o, h, l, c }) => Math.max(most, scaleOf(o), scaleOf(h), scaleOf(l), scaleOf(c)), this.#scale);
        this.#main.applyOptions({ priceFormat: this.#format() });
        this.#made = this.#type === 'heikin' ? heikinAshi(this.#rows) : [];
        this.#main.setData(this.#rows.map((_, index) => this.#shape(index)));
        this.#volume.setData(this.#rows.map((_, index) => this.#bar(index)));
        this.#drawStudies(false);
        this.#drawCompared(false);
        this.#mark();
        this.#placeTag();
    }

    /** A candle as it is drawn. */
    #shape(index) {
        const { time, open, high, low, close } = this.#rows[index];
        if (this.#type === 'line' || this.#type === 'area') {
            return { time, value: close };
        }
        if (this.#type === 'heikin') {
            this.#made[index] ??= heikinAshi([this.#rows[index]], this.#made[index - 1])[0];
            return { time, ...this.#made[index] };
        }
        const { flat } = this.#colours;
        return { time, open, high, low, close, ...(open === close ? { color: flat, wickColor: flat, borderColor: flat } : {}) };
    }

    #bar(index) {
        const { time, open, close, volume } = this.#rows[index];
        return { time, value: volume, color: this.#colours[close < open ? 'bar-down' : 'bar-up'] };
    }

    #drawStudies(onlyLast) {
        const columns = (from) => {
            const rows = this.#rows.slice(from);
            const column = (name) => rows.map((one) => one[name]);
            return { opens: rows.map(({ time }) => time * 1000), highs: column('high'), lows: column('low'), closes: column('close'), volumes: column('volume') };
        };
        if (this.#studyIds.length > 0) {
            this.#studies.draw(columns, this.#rows.length, this.zone, this.isWhole, onlyLast);
        }
    }

    /** Only where this symbol has candles, too: indexes of places are those of its klines. */
    #drawCompared(onlyLast) {
        const point = ({ t, c }) => ({ time: t / 1000, value: Number(c) });
        const last = this.#other?.last;
        if (onlyLast && last?.t === this.#series?.last?.t) {
            this.#compared.update(point(last));
        } else if (this.#other) {
            const times = new Set(this.#rows.map(({ time }) => time));
            this.#compared.setData(this.#other.klines.map(point).filter(({ time }) => times.has(time)));
        }
    }

    #mark() {
        const { warn, accent } = this.#colours;
        this.#markers.setMarkers(
            this.#marks.map(({ time, kind }) => ({
                time: time / 1000,
                position: kind === 'corrected' ? 'aboveBar' : 'belowBar',
                shape: SHAPES[kind],
                color: kind === 'corrected' ? accent : warn,
                size: 0.6,
            })),
        );
    }

    /** The last price, wherever the view is, and under it the time until its candle closes. */
    #placeTag() {
        const last = this.#series?.last;
        const side = last && direction(Number(last.o), Number(last.c));
        if (!last) {
            this.#lastPrice && this.#main.removePriceLine(this.#lastPrice);
            this.#lastPrice = null;
        } else {
            const options = { price: Number(last.c), color: this.#colours[side], lineWidth: 1, lineStyle: 1 };
            this.#lastPrice ? this.#lastPrice.applyOptions(options) : (this.#lastPrice = this.#main.createPriceLine(options));
        }
        const y = last && this.#main.priceToCoordinate(Number(last.c));
        const bottom = this.#chart.panes()[0].getHeight();
        this.#tag.hidden = !last || y === null || y < 0 || y > bottom - 24 || last.x || document.body.dataset.state !== 'live';
        if (!this.#tag.hidden) {
            write(this.#tag, countdown(last.T + 1 - this.now()));
            this.#tag.className = `countdown ${side}`;
            this.#tag.style.top = `${Math.round(y + 9)}px`;
            this.#tag.style.width = `${this.#chart.priceScale('right').width()}px`;
        }
    }

    #moved() {
        const { from, to } = this.view;
        const follows = to >= this.klines.length - 1;
        if (follows !== this.#follows) {
            this.#follows = follows;
            this.dispatchEvent(new Event('follow'));
        }
        if (from < NEARBY && this.klines.length > 0) {
            this.dispatchEvent(new Event('needolder'));
        }
        this.#frame ||= requestAnimationFrame(() => {
            this.#frame = 0;
            this.#placeTag();
        });
    }

    #pointed(index) {
        this.#cursor = index !== undefined && this.klines[index] ? index : -1;
        this.dispatchEvent(new CustomEvent('cursor', { detail: this.klines[this.#cursor] ?? null }));
    }

    /** Moves the crosshair to the next candle, or the one before. */
    point(step) {
        const { from, to } = this.view;
        const begin = this.#cursor < 0 ? Math.min(Math.floor(to), this.klines.length - 1) + (step > 0 ? 0 : 1) : this.#cursor;
        const index = Math.max(0, Math.min(this.klines.length - 1, begin + step));
        const kline = this.klines[index];
        if (!kline) {
            return;
        }
        if (index < from || index > to) {
            this.view = { from: from + step, to: to + step };
        }
        this.#chart.setCrosshairPosition(Number(kline.c), kline.t / 1000, this.#main);
        this.#pointed(index);
    }
}

function row({ t, o, h, l, c, v }) {
    return { time: t / 1000, open: Number(o), high: Number(h), low: Number(l), close: Number(c), volume: Number(v) };
}

customElements.define('kline-chart', KlineChart);
