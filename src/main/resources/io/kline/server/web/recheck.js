import * as api from './api.js';

/** How often it is decided what to read, ms, and at which of these times everything is. */
const PERIOD = 5000;
const TURN = 6;

/** How many of the newest candles are read again. */
const LATELY = 50;

/** So many readings without an answer say that the server knows no more than this page. */
const UNANSWERED = 2;

/**
 * What is read again while a reader looks at the candles of a feed, each kind once at a time, and nobody waits for it:
 *
 * - the newest candles: messages of the stream do not say whether a candle has all executions, and none comes while
 *   Redis is away, or where no stream gets through;
 * - what a store lacked in, until it is there again;
 * - the ledger of corrections: candles older than those in Redis are corrected without a message;
 * - single candles that a message did not tell the whole of.
 */
export class Recheck {
    #feed;
    #live;
    #timer = 0;
    #turns = 0;
    #latelyPace = new Pace();
    #missingPace = new Pace();
    #unanswered = 0;
    #pending = new Map();
    #single = new Set();
    /** What the ledger has, and what of it is to be read once more: the answer lacked in a store. */
    #seen = null;
    #unread = new Set();

    constructor(feed, live) {
        this.#feed = feed;
        this.#live = live;
    }

    start() {
        this.#timer = setInterval(() => this.#turn(), PERIOD);
        return this.#once('ledger', () => this.#readLedger());
    }

    stop() {
        clearInterval(this.#timer);
    }

    /** Whether the server has not answered lately. */
    get isUnanswered() {
        return this.#unanswered >= UNANSWERED;
    }

    /** Open times of candles that the ledger knows. */
    get corrected() {
        return new Set([...(this.#seen ?? [])].map((key) => Number(key.split(':')[0])));
    }

    /** All candles were read. */
    answered() {
        this.#unanswered = 0;
    }

    /** Reads a single candle. */
    read(openTime) {
        this.#single.add(openTime);
        return this.#once('single', () => this.#readSingle());
    }

    #turn() {
        const { series, missing } = this.#feed;
        if (document.hidden) {
            return;
        }
        this.#turns++;
        const isWhole = this.#turns % TURN === 0;
        const isUncertain = !this.#live.isOpen || missing.stores.length > 0 || this.#unanswered > 0;
        if (series.length > 0 && (isWhole || (isUncertain && this.#latelyPace.isDue()))) {
            this.#once('lately', () => this.#readLately());
        }
        // The newest candles are read anyway.
        const isOlder = missing.stores.length > 0 && missing.at(series.last?.t ?? -Infinity).length === 0;
        if (isOlder && (isWhole || this.#missingPace.isDue())) {
            this.#once('missing', () => this.#readMissing());
        }
        if (isWhole) {
            series.length > 0 && this.#once('ledger', () => this.#readLedger());
        }
        this.#single.size > 0 && this.#once('single', () => this.#readSingle());
    }

    /** One reading of a kind; what fails is tried again in its turn. */
    #once(kind, read) {
        if (!this.#pending.has(kind)) {
            const reading = read()
                .catch(() => {})
                .finally(() => this.#pending.delete(kind));
            this.#pending.set(kind, reading);
        }
        return this.#pending.get(kind);
    }

    /** The newest candles, from the first of a page that nothing is known of. */
    async #readLately() {
        const { series } = this.#feed;
        const recent = series.klines.slice(-api.PAGE);
        const startTime = recent.find((kline, index) => !('complete' in kline) || index >= recent.length - LATELY).t;
        let answer;
        try {
            answer = await this.#feed.read({ startTime, isGlance: true });
            this.#unanswered = 0;
        } catch (error) {
            // One slow answer says nothing, and a server that asks to wait does not say that candles are old.
            this.#unanswered += error.kind === 'away';
            this.#latelyPace.brought(false);
            throw error;
        } finally {
            this.#feed.series === series && this.#feed.doubt();
        }
        const { klines, missing } = answer;
        if (this.#feed.series !== series) {
            return;
        }
        // One that is newer may be on its way: the stream keeps it back until the one before has closed.
        const newer = klines.filter(({ t }) => t > series.last.t);
        this.#latelyPace.brought(missing.length === 0);
        if (this.#live.isOpen && newer.length > 1) {
            await this.#feed.reload();
            return;
        }
        const until = this.#live.isOpen ? series.last.t : Infinity;
        this.#feed.tell(startTime, klines.length < api.PAGE ? Infinity : klines.at(-1).t, missing);
        this.#feed.take(klines.filter(({ t }) => t <= until));
    }

    /** The newest stretch that may lack candles: when it is answered in full, so are the others. */
    async #readMissing() {
        const { series, missing: before } = this.#feed;
        const { missing } = await this.#feed.read({ endTime: Number.isFinite(before.end) ? before.end : undefined, isGlance: true });
        if (this.#feed.series !== series) {
            return;
        }
        this.#missingPace.brought(missing.length === 0);
        await (missing.length === 0 ? this.#feed.reload() : this.#feed.explain());
    }

    async #readSingle() {
        for (const openTime of [...this.#single]) {
            const { series } = this.#feed;
            const { klines, missing } = await this.#feed.read({ startTime: openTime, limit: 1, isGlance: true });
            missing.length > 0 || this.#single.delete(openTime);
            if (this.#feed.series === series) {
                this.#feed.take(klines);
            }
        }
    }

    /** The stretches behind corrections that are new in the ledger. */
    async #readLedger() {
        const { series } = this.#feed;
        if (series.length === 0) {
            return;
        }
        const seen = new Set();
        const fresh = [];
        let from = series.first.t;
        let page;
        do {
            page = await this.#feed.corrections(from);
            for (const { openTime, tradeId } of page) {
                const key = `${openTime}:${tradeId}`;
                seen.add(key);
                if (!this.#seen?.has(key) || this.#unread.has(key)) {
                    fresh.push({ key, openTime });
                }
            }
            from = page.at(-1)?.openTime + 1;
        } while (page.length === api.PAGE);
        let until = -Infinity;
        let isWhole = true;
        const changed = [];
        const unread = new Set();
        for (const { key, openTime } of fresh) {
            if (openTime > until) {
                const { klines, missing } = await this.#feed.read({ startTime: openTime, isGlance: true });
                if (this.#feed.series !== series) {
                    return;
                }
                changed.push(...klines);
                until = klines.at(-1)?.t ?? openTime;
                isWhole = missing.length === 0;
            }
            isWhole || unread.add(key);
        }
        this.#seen = seen;
        this.#unread = unread;
        if (fresh.length > 0) {
            this.#feed.take(changed, true);
        }
    }
}

/** What brings nothing is read more and more seldom. */
class Pace {
    /** Turns to pass over, and the readings in a row that brought nothing. */
    #rest = 0;
    #vain = 0;

    /** Whether it is read in this turn. */
    isDue() {
        return this.#rest-- <= 0;
    }

    brought(isSomething) {
        this.#vain = isSomething ? 0 : this.#vain + 1;
        this.#rest = Math.min(TURN, 2 ** this.#vain) - 1;
    }
}
