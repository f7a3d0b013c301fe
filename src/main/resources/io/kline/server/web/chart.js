import { isIntraday } from './clock.js';
import { Compared } from './compared.js';
import { Crosshair } from './crosshair.js';
import { rounded, scaleOf } from './decimals.js';
import { element, inNextFrame } from './dom.js';
import { pressed } from './keys.js';
import { AreaSeries, BarSeries, CandlestickSeries, HistogramSeries, LineSeries, createChartEx, createSeriesMarkers } from './lib/lightweight-charts.js';
import { chartLook, coloursOf, markLook, seriesLook } from './looks.js';
import { Measure } from './measure.js';
import { titled } from './picture.js';
import { PriceTag } from './pricetag.js';
import { Rows } from './rows.js';
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
const SCALES = { linear: 0, log: 1, percent: 2 };

/**
 * <kline-chart>: candles, volumes and indicators on a canvas, dragged and zoomed with pointer, wheel, fingers or keys.
 * A change of the last candle draws that candle; what is out of view is never drawn.
 *
 * Events: "needolder" when the view comes near the oldest candle; "cursor" with `detail` the kline under the crosshair
 * or null; "pointed" with `detail` a kline that keys point at; "follow" when the newest candle comes into or leaves the
 * view.
 */
export class KlineChart extends HTMLElement {
    /** The server's time. */
    now = () => Date.now();
    #axis = new ZonedTimeScale();
    #chart;
    #main = null;
    #volume;
    #markers;
    #tag;
    #measure;
    #crosshair;
    #studies;
    #compared = null;
    #other = null;
    #series = null;
    #rows = new Rows();
    #type = 'candles';
    #scaling = 'linear';
    #studyIds = [];
    #marks = [];
    #interval = '1m';
    #scale = 0;
    #tick = '1';
    #colours = {};
    /** Whether nothing is before the first candle. */
    isWhole = false;
    #follows = true;
    #headroom = 32;
    #place = inNextFrame(() => {
        this.#tag.place(this.#colours);
        this.#crosshair.place();
        this.#measure.place();
    });

    connectedCallback() {
        this.tabIndex = 0;
        const canvas = element('div', { className: 'canvas', ariaHidden: 'true' });
        this.append(canvas);
        this.#tag = new PriceTag(this);
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
        this.#crosshair = new Crosshair(this, canvas, (index) => this.dispatchEvent(new CustomEvent('cursor', { detail: this.klines[index] ?? null })));
        this.#chart.timeScale().subscribeVisibleLogicalRangeChange(() => this.#moved());
        this.addEventListener('keydown', (event) => pressed(this, event));
        addEventListener('themechange', () => this.restyle());
        this.#measure = new Measure(this, canvas);
        setInterval(() => this.#tag.place(this.#colours), 1000);
    }

    /** The klines that are drawn, oldest first. */
    get klines() {
        return this.#rows.klines;
    }

    /** Index of the first of them that does not open before a time. */
    indexOf(openTime) {
        return this.#rows.indexOf(openTime);
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
        this.#compared?.empty();
        this.#studies.choose([], this.#colours);
        this.#chooseStudies();
        this.#draw();
        if (this.#rows.length > 0) {
            this.view = view;
        }
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

    /** Another symbol's series as a line in percent, or null. */
    compare(series, title = '') {
        const isOther = !series !== !this.#compared;
        this.#other = series;
        if (!series) {
            this.#compared?.remove();
            this.#compared = null;
        } else {
            this.#compared ??= new Compared(this.#chart, title, this.#colours.warn);
            this.#compared.draw(series, this.klines);
        }
        if (isOther) {
            this.#rescale();
        }
    }

    /** The newest candle of that series has changed. */
    compareLast(series) {
        const last = this.klines.at(-1);
        if (series === this.#other && last?.t === series.last.t) {
            this.#compared.update(last.t);
        }
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
        const { index } = this.#crosshair;
        return this.#studies.at(index < 0 ? this.#rows.length - 1 : index);
    }

    /** Nothing, until there is something to show. */
    clear() {
        this.#series = null;
        this.#marks = [];
        this.#scale = scaleOf(this.#tick);
        this.#draw();
        this.#crosshair.clear();
        this.#measure.hide();
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
        const time = this.klines[left]?.t;
        this.#series = series;
        this.#draw();
        if (!this.#follows && time !== undefined) {
            const moved = this.indexOf(time) - left;
            this.view = { from: from + moved, to: to + moved };
        }
        // A view that does not move may still want what could not be read before.
        this.#moved();
    }

    /**
     * Draws the last candle of the series, which is new or has changed, if nothing else is to be drawn.
     *
     * @returns whether it is drawn; otherwise all has to be
     */
    updated() {
        const index = this.#series.length - 1;
        const kline = this.#series.last;
        if (!this.#rows.isBut(this.#series, index) || scaleOf(kline.c) > this.#scale) {
            return false;
        }
        this.#rows.put(index, kline);
        this.#main.update(this.#rows.shape(index, this.#colours));
        this.#volume.update(this.#rows.bar(index, this.#colours));
        this.#drawStudies(true);
        this.#compared?.update(kline.t);
        this.#place();
        return true;
    }

    /** Moves the view to the newest candle. */
    showNewest() {
        this.#chart.timeScale().scrollToPosition(AHEAD, false);
        this.#chart.priceScale('right').setAutoScale(true);
    }

    /** Takes the colours from the style sheet again. */
    restyle() {
        const style = getComputedStyle(this);
        this.#colours = coloursOf(style);
        this.#chart.applyOptions(chartLook(this.#colours, style.fontFamily));
        if (this.#compared) {
            this.#compared.colour = this.#colours.warn;
        }
        this.#renew();
    }

    /** A picture of what is in view under a line of text, as a canvas. */
    picture(text) {
        return titled(this.#chart.takeScreenshot(true), text, getComputedStyle(this));
    }

    /** Another kind of series, or other colours. */
    #renew() {
        if (this.#main) {
            this.#chart.removeSeries(this.#main);
        }
        this.#main = this.#chart.addSeries(TYPES[this.#type], { ...seriesLook(this.#colours), priceLineVisible: false, lastValueVisible: false }, 0);
        this.#main.setSeriesOrder(1);
        this.#markers = createSeriesMarkers(this.#main, []);
        this.#chooseStudies();
        this.#rescale();
        this.#draw();
    }

    #rescale() {
        const mode = this.#compared ? SCALES.percent : SCALES[this.#scaling];
        this.#studies.isInPercent = mode === SCALES.percent;
        const top = Math.min(0.4, (this.#headroom + ROOM) / Math.max(1, this.#chart.panes()[0].getHeight()));
        this.#chart.priceScale('right').applyOptions({ mode, scaleMargins: { top, bottom: 0.2 } });
        this.#place();
    }

    #format() {
        return { type: 'custom', formatter: (price) => rounded(price, this.#scale), minMove: this.#scale > scaleOf(this.#tick) ? 10 ** -this.#scale : Number(this.#tick) };
    }

    #chooseStudies() {
        this.#studies.choose(this.#studyIds, this.#colours, this.#format());
    }

    #draw() {
        const klines = this.#series?.klines ?? [];
        this.#rows.take(klines, this.#type);
        this.#scale = klines.reduce((most, { o, h, l, c }) => Math.max(most, scaleOf(o), scaleOf(h), scaleOf(l), scaleOf(c)), this.#scale);
        this.#main.applyOptions({ priceFormat: this.#format() });
        this.#main.setData(this.#rows.map((index) => this.#rows.shape(index, this.#colours)));
        this.#volume.setData(this.#rows.map((index) => this.#rows.bar(index, this.#colours)));
        this.#drawStudies(false);
        this.#other && this.#compared.draw(this.#other, klines);
        this.#mark();
        this.#place();
    }

    #drawStudies(onlyLast) {
        if (this.#studyIds.length > 0) {
            this.#studies.draw((from) => this.#rows.columns(from), this.#rows.length, this.zone, this.isWhole, onlyLast);
        }
    }

    #mark() {
        this.#markers.setMarkers(this.#marks.map((mark) => markLook(mark, this.#colours)));
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
        this.#place();
    }

    /** Moves the crosshair to the next candle, or the one before. */
    point(step) {
        const kline = this.#crosshair.step(step);
        if (kline) {
            this.dispatchEvent(new CustomEvent('pointed', { detail: kline }));
        }
    }

    /** Points at nothing. */
    unpoint() {
        this.#crosshair.clear();
    }
}

customElements.define('kline-chart', KlineChart);
