/** What of a kline is drawn, marked or written. */
const SHOWN = ['o', 'h', 'l', 'c', 'v', 'q', 'n', 'x', 'complete'];

/**
 * Klines of one symbol and interval, oldest first, one per open time. Of two versions of a kline the higher one stays,
 * in whatever order they arrive: by revision, number of trades, time and id of the last trade, closed after forming.
 */
export class Series {
    #klines = [];

    get klines() {
        return this.#klines;
    }

    get length() {
        return this.#klines.length;
    }

    get first() {
        return this.#klines[0];
    }

    get last() {
        return this.#klines.at(-1);
    }

    /** Index of the first kline that does not open before a time. */
    indexOf(openTime) {
        let low = 0;
        let high = this.#klines.length;
        while (low < high) {
            const middle = (low + high) >> 1;
            if (this.#klines[middle].t < openTime) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Puts klines, oldest first, in their places.
     *
     * @returns how many came in front of what was there
     */
    merge(klines) {
        const before = this.first?.t ?? Infinity;
        const merged = [];
        let mine = 0;
        for (const kline of klines) {
            while (mine < this.#klines.length && this.#klines[mine].t < kline.t) {
                merged.push(this.#klines[mine++]);
            }
            if (this.#klines[mine]?.t === kline.t) {
                merged.push(newer(this.#klines[mine++], kline));
            } else {
                merged.push(kline);
            }
        }
        this.#klines = merged.concat(this.#klines.slice(mine));
        return before === Infinity ? 0 : this.indexOf(before);
    }

    /** Puts one kline in its place, nearly always the last. Returns whether that changes what is shown of it. */
    put(kline) {
        const index = this.indexOf(kline.t);
        const old = this.#klines[index];
        if (old?.t !== kline.t) {
            this.#klines.splice(index, 0, kline);
            return true;
        }
        this.#klines[index] = newer(old, kline);
        return SHOWN.some((part) => this.#klines[index][part] !== old[part]);
    }

    /** Whether klines are missing between the last one and this one. */
    leavesGapBefore(kline) {
        return this.length > 0 && kline.t > this.last.T + 1;
    }
}

/** The higher version. Messages of the stream do not say whether all executions are there, nor the revision: what is known of that stays. */
function newer(old, fresh) {
    const known = {};
    for (const part of ['complete', 'r']) {
        if (part in old && !(part in fresh)) {
            known[part] = old[part];
        }
    }
    const higher = higherVersion(old, fresh);
    return higher === old || Object.keys(known).length === 0 ? higher : { ...higher, ...known };
}

/** Parts of a version that a message leaves out do not count; of equal versions the later message stays. */
function higherVersion(old, fresh) {
    // Without a revision it is 0, and one that is known and above it is of a rebuilt candle.
    if (!('r' in old) && fresh.r > 0) {
        return fresh;
    }
    for (const part of ['r', 'n', 'lt', 'li', 'x']) {
        const difference = Number(fresh[part] ?? 0) - Number(old[part] ?? 0);
        if (part in old && part in fresh && difference !== 0) {
            return difference > 0 ? fresh : old;
        }
    }
    return fresh;
}
