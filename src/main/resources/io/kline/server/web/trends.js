import * as api from './api.js';
import { lengthOf } from './clock.js';
import { draw } from './sparkline.js';

/** Candles of a sparkline, at most. */
const POINTS = 96;
const READERS = 3;

/** The sparklines of rows, over the time of their figures: read when their row is first seen, a few at a time. */
export class Trends {
    #interval;
    #length;
    #rows = new Map();
    #queue = [];
    #reading = 0;
    #sight = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)));

    /** @param intervals those that are kept, the shortest first; @param duration ms that a line shows */
    constructor(intervals, duration) {
        this.#interval = intervals.findLast((interval) => lengthOf(interval) <= duration / POINTS) ?? intervals[0];
        this.#length = lengthOf(this.#interval);
    }

    watch(row) {
        this.#rows.set(row.line, row);
        this.#sight.observe(row.line);
    }

    /** Leaves out what is older than the row's figures, begins with their first price and ends with their last. */
    extend(row) {
        const { trend, kline } = row;
        if (!trend || !kline) {
            return;
        }
        while (trend[0]?.t + this.#length <= kline.t) {
            trend.shift();
        }
        const open = kline.lt ? kline.lt - (kline.lt % this.#length) : 0;
        const last = trend.at(-1);
        if (last && open <= last.t) {
            last.price = Number(kline.c);
        } else {
            trend.push({ t: open, price: Number(kline.c) });
        }
        trend[0].open = Number(kline.o);
        draw(row);
    }

    #seen({ target, isIntersecting }) {
        const row = this.#rows.get(target);
        if (isIntersecting && !row.trend) {
            this.#sight.unobserve(target);
            this.#queue.push(row);
            if (this.#reading < READERS) {
                this.#drain();
            }
        }
    }

    async #drain() {
        this.#reading++;
        while (this.#queue.length > 0) {
            const row = this.#queue.shift();
            try {
                const { klines } = await api.klines(row.symbol, this.#interval, { startTime: row.kline?.t, limit: POINTS + 1 });
                row.trend = klines.map(({ t, c }) => ({ t, price: Number(c) }));
                this.extend(row);
            } catch {
                this.#sight.observe(row.line);
            }
        }
        this.#reading--;
    }
}
