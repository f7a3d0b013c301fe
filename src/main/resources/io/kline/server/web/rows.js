import { heikinAshi } from './indicators.js';

/** The klines that are drawn, as numbers, in the shape of a kind of chart. Its own: a series grows before it is drawn. */
export class Rows {
    #klines = [];
    #rows = [];
    #made = [];
    #type = 'candles';

    /** @param type one of candles, heikin, bars, line, area */
    take(klines, type) {
        this.#klines = klines.slice();
        this.#type = type;
        this.#rows = klines.map(row);
        this.#made = type === 'heikin' ? heikinAshi(this.#rows) : [];
    }

    get klines() {
        return this.#klines;
    }

    get length() {
        return this.#rows.length;
    }

    /** Whether a series is these rows but for its last kline, which is at an index. */
    isBut(series, index) {
        const { t } = series.klines[index];
        const isKnown = index === this.length - 1 && this.#klines[index].t === t;
        const isNext = index === this.length && !(this.#klines.at(-1)?.t >= t);
        return index === series.length - 1 && (isKnown || isNext);
    }

    put(index, kline) {
        this.#klines[index] = kline;
        this.#rows[index] = row(kline);
        delete this.#made[index];
    }

    /** A candle as it is drawn. */
    shape(index, { flat }) {
        const { time, open, high, low, close } = this.#rows[index];
        if (this.#type === 'line' || this.#type === 'area') {
            return { time, value: close };
        }
        if (this.#type === 'heikin') {
            this.#made[index] ??= heikinAshi([this.#rows[index]], this.#made[index - 1])[0];
            return { time, ...this.#made[index] };
        }
        return { time, open, high, low, close, ...(open === close ? { color: flat, wickColor: flat, borderColor: flat } : {}) };
    }

    bar(index, colours) {
        const { time, open, close, volume } = this.#rows[index];
        return { time, value: volume, color: colours[close < open ? 'bar-down' : 'bar-up'] };
    }

    /** Numbers of the candles from an index on, for indicators. */
    columns(from) {
        const rows = this.#rows.slice(from);
        const column = (name) => rows.map((one) => one[name]);
        return { opens: rows.map(({ time }) => time * 1000), highs: column('high'), lows: column('low'), closes: column('close'), volumes: column('volume') };
    }

    /** Index of the first kline that does not open before a time. */
    indexOf(openTime) {
        const index = this.#klines.findIndex(({ t }) => t >= openTime);
        return index < 0 ? this.length : index;
    }

    /** All of something that is made of an index. */
    map(make) {
        return this.#rows.map((_, index) => make(index));
    }
}

function row({ t, o, h, l, c, v }) {
    return { time: t / 1000, open: Number(o), high: Number(h), low: Number(l), close: Number(c), volume: Number(v) };
}
