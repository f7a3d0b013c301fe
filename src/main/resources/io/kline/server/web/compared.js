import { LineSeries } from './lib/lightweight-charts.js';

/** The line of another symbol. It has a value only where the symbol shown has a candle: indexes of places are those of its klines. */
export class Compared {
    #chart;
    #line;
    #series;

    constructor(chart, title, color) {
        this.#chart = chart;
        this.#line = chart.addSeries(LineSeries, { color, title, lineWidth: 2, priceLineVisible: false });
    }

    set colour(color) {
        this.#line.applyOptions({ color });
    }

    /** Draws a series beside candles. */
    draw(series, klines) {
        this.#series = series;
        const times = new Set(klines.map(({ t }) => t));
        this.#line.setData(series.klines.filter(({ t }) => times.has(t)).map(point));
    }

    /** Draws the value at the time of the last candle shown, if there is one. */
    update(time) {
        const kline = this.#series?.klines[this.#series.indexOf(time)];
        if (kline?.t === time) {
            this.#line.update(point(kline));
        }
    }

    /** Nothing, until it is drawn again: a place gets another label only then. */
    empty() {
        this.#line.setData([]);
    }

    remove() {
        this.#chart.removeSeries(this.#line);
    }
}

function point({ t, c }) {
    return { time: t / 1000, value: Number(c) };
}
