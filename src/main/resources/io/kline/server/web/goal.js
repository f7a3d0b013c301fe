import { lengthOf } from './clock.js';

/** Candles that are read to get to a time, at most, about: beyond that longer ones are shown. */
const FARTHEST = 20_000;

/** Candles behind the newest that a view shows, and those it has at least. */
const AHEAD = 8;
const FEWEST = 15;

/**
 * Where the reader wants the view to go: a range of times of one symbol and interval. It waits until the candles are
 * there, and holds until they are, the reader moves the view, or looks at others.
 */
export class Goal {
    #chart;
    #intervals;
    #goal = null;

    /** @param intervals those that are kept */
    constructor(chart, intervals) {
        this.#chart = chart;
        this.#intervals = intervals.toSorted((a, b) => lengthOf(a) - lengthOf(b));
    }

    /** The first time that can be shown when the newest candle is of another. */
    first(newest) {
        return Math.max(0, newest - FARTHEST * lengthOf(this.#intervals.at(-1)));
    }

    /** A date, in the shown interval if that reaches so far back, otherwise in the shortest that does. Returns the interval. */
    date(symbol, shown, time, newest) {
        const day = Math.max(this.first(newest), Math.min(newest, time));
        const reaches = (interval) => (newest - day) / lengthOf(interval) <= FARTHEST;
        const interval = reaches(shown) ? shown : (this.#intervals.find(reaches) ?? this.#intervals.at(-1));
        const width = lengthOf(interval) * (this.#chart.view.to - this.#chart.view.from);
        this.#goal = { symbol, interval, from: day - width / 10, to: day + width };
        return interval;
    }

    /** The time up to now, in the interval whose candles are about so long. Returns the interval. */
    range(symbol, duration, length, now) {
        const far = (interval) => Math.abs(lengthOf(interval) - length);
        const interval = this.#intervals.toSorted((a, b) => far(a) - far(b))[0];
        this.#goal = { symbol, interval, from: now - Math.min(duration, FARTHEST * lengthOf(interval)), to: now };
        return interval;
    }

    clear() {
        this.#goal = null;
    }

    /** Moves the view, reading back as far as that needs. */
    reach(feed) {
        const goal = this.#goal;
        if (!goal || !feed || feed.series.length === 0) {
            return;
        }
        if (goal.symbol !== feed.symbol || goal.interval !== feed.interval) {
            this.clear();
            return;
        }
        if (feed.series.first.t > goal.from && !feed.isComplete) {
            feed.loadOlder();
            return;
        }
        const from = this.#index(goal.from);
        const to = Math.max(from + FEWEST, this.#index(goal.to));
        const beyond = Math.max(0, to - (this.#chart.klines.length - 1 + AHEAD));
        this.clear();
        this.#chart.view = { from: from - beyond, to: to - beyond };
    }

    /** The place of a time, which may be behind the newest candle. */
    #index(time) {
        const { klines, interval } = this.#chart;
        const behind = (time - klines.at(-1).t) / lengthOf(interval);
        return behind > 0 ? klines.length - 1 + behind : this.#chart.indexOf(time);
    }
}
