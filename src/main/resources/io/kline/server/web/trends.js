import * as api from './api.js';
import { lengthOf } from './clock.js';
import { draw } from './sparkline.js';

/** Candles of a sparkline, at most. */
const POINTS = 96;
const READERS = 3;

/** Sparklines leave so much of the server's weight to what the reader waits for. */
const SHARE = 0.5;

/** Between two attempts that brought nothing, ms: twice as long each time. */
const PAUSE = 2000;
const LONGEST_PAUSE = 60_000;

/** The sparklines of rows, over the time of their figures: read while their row is in view, a few at a time. */
export class Trends {
    #interval;
    #length;
    #queue = new Set();
    #reading = 0;
    #failures = 0;
    #timer = 0;

    /** @param intervals those that are kept, the shortest first; @param duration ms that a line shows */
    constructor(intervals, duration) {
        this.#interval = intervals.findLast((interval) => lengthOf(interval) <= duration / POINTS) ?? intervals[0];
        this.#length = lengthOf(this.#interval);
    }

    /** A row has come into view, or left it. */
    seen(row) {
        if (!row.isSeen) {
            this.#queue.delete(row);
        } else if (!row.trend && !row.hasNoTrend) {
            this.#queue.add(row);
            this.#drain();
        }
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
        if (row.isSeen) {
            draw(row);
        }
    }

    #drain() {
        while (this.#queue.size > 0 && this.#reading < READERS && !this.#timer) {
            if (api.weight.isAbove(SHARE)) {
                this.#pause();
                return;
            }
            const [row] = this.#queue;
            this.#queue.delete(row);
            this.#reading++;
            this.#read(row).finally(() => {
                this.#reading--;
                this.#drain();
            });
        }
    }

    async #read(row) {
        try {
            const { klines } = await api.klines(row.symbol, this.#interval, { startTime: row.kline?.t, limit: POINTS + 1, isGlance: true });
            this.#failures = 0;
            row.trend = klines.map(({ t, c }) => ({ t, price: Number(c) }));
            this.extend(row);
        } catch (error) {
            if (error instanceof api.Invalid) {
                row.hasNoTrend = true;
            } else {
                row.isSeen && this.#queue.add(row);
                this.#pause();
            }
        }
    }

    #pause() {
        this.#timer ||= setTimeout(
            () => {
                this.#timer = 0;
                this.#drain();
            },
            Math.min(LONGEST_PAUSE, PAUSE * 2 ** this.#failures++),
        );
    }
}
