import * as api from './api.js';
import { Series } from './series.js';
import { signs } from './signs.js';

/** How often the ledger of corrections is asked: candles older than those in Redis are corrected without a message. */
const LEDGER_PERIOD = 30_000;

/** How many of the newest candles are read again then. */
const LATELY = 50;

/** So long a store that is away is not asked again for older candles. */
const AWAY = 5000;

const STORES = { REDIS: 'Redis', MYSQL: 'MySQL' };

/**
 * The candles of one symbol and interval, kept current: what the server sends goes in its place, and after a lost
 * connection everything is read again, since what changed meanwhile was never sent.
 *
 * Events: "load" when all candles may have changed, "older" with `detail` the number of candles that came in front,
 * "kline" with `detail` the one that came, "unknown" if there is no such symbol, "trouble" with `detail` a text or null.
 */
export class Feed extends EventTarget {
    series = new Series();
    /** Whether nothing is older than the first candle. */
    isComplete = false;
    #live;
    #meanwhile = null;
    #older = null;
    #notBefore = 0;
    #seen = null;
    #missing = [];
    #wasMissing = false;
    #stop = new AbortController();
    #again = () => this.reload();
    #timer = 0;

    constructor(live, symbol, interval) {
        super();
        this.#live = live;
        this.symbol = symbol;
        this.interval = interval;
    }

    /** Begins, once it is clear that the reader stays: not within a wait, in ms. */
    start(wait) {
        this.#timer = setTimeout(() => this.#begin(), wait);
    }

    stop() {
        this.#stop.abort();
        this.#live.removeEventListener('open', this.#again);
        this.#live.leave(this.symbol, this.interval);
        clearTimeout(this.#timer);
        clearInterval(this.#timer);
    }

    async #begin() {
        this.#live.addEventListener('open', this.#again);
        this.#timer = setInterval(
            () => {
                this.#readLately().catch(() => {});
                this.#readLedger().catch(() => {});
            },
            LEDGER_PERIOD,
        );
        await this.#live.listen(this.symbol, this.interval, (kline) => this.#push(kline));
        await this.reload();
        await this.#readLedger().catch(() => {});
    }

    /** Candles with a sign: [{ time, kind }] of SIGNS, oldest first. */
    get marks() {
        const corrected = new Set([...(this.#seen ?? [])].map((key) => Number(key.split(':')[0])));
        return signs(this.series.klines, corrected);
    }

    get #isStopped() {
        return this.#stop.signal.aborted;
    }

    /** Reads all candles again that were loaded, at least a page of the newest. */
    async reload() {
        const oldest = this.series.first?.t ?? Infinity;
        const meanwhile = [];
        this.#meanwhile = meanwhile;
        this.#older = null;
        const fresh = new Series();
        const missing = [];
        let complete = false;
        try {
            let page;
            do {
                page = await this.#page(fresh.first ? fresh.first.t - 1 : undefined);
                fresh.merge(page.klines);
                missing.push(...page.missing);
                complete = page.isLast;
                // An empty page that is not the last one: the store of what is older is away.
            } while (!complete && page.klines.length > 0 && fresh.first.t > oldest && this.#meanwhile === meanwhile);
        } catch (error) {
            if (this.#meanwhile === meanwhile) {
                this.#meanwhile = null;
                this.#failed(error);
            }
            return;
        }
        if (this.#isStopped || this.#meanwhile !== meanwhile) {
            return;
        }
        if (missing.length > 0) {
            // What was there before is not lost with a store.
            fresh.merge(this.series.klines.filter(({ t }) => !(t >= fresh.first?.t)));
        }
        meanwhile.filter((kline) => !(kline.t < fresh.first?.t)).forEach((kline) => fresh.put(kline));
        this.#meanwhile = null;
        this.series = fresh;
        this.isComplete = complete;
        this.#tellMissing(missing);
        this.#notify('load');
    }

    /** Reads a page of older candles, once at a time. */
    async loadOlder() {
        if (this.#older || this.isComplete || this.series.length === 0 || Date.now() < this.#notBefore) {
            return;
        }
        const series = this.series;
        const reading = this.#page(series.first.t - 1);
        this.#older = reading;
        try {
            const page = await reading;
            if (this.#isStopped || this.series !== series) {
                return;
            }
            this.isComplete = page.isLast;
            this.#tellMissing(this.#missing.concat(page.missing));
            this.#notBefore = page.klines.length > 0 ? 0 : Date.now() + AWAY;
            // Who hears of these may ask for more.
            this.#older = null;
            this.#notify('older', series.merge(page.klines));
        } catch (error) {
            this.#failed(error);
        } finally {
            if (this.#older === reading) {
                this.#older = null;
            }
        }
    }

    /** A page up to a time. It is the last one if it is not full, and no store was missing. */
    async #page(endTime) {
        const { klines, missing } = await api.klines(this.symbol, this.interval, { endTime, signal: this.#stop.signal });
        return { klines, missing, isLast: klines.length < api.PAGE && missing.length === 0 };
    }

    /** An answer can lack candles with all stores there: what Redis lost before MySQL had it. */
    async #tellMissing(stores) {
        const missing = [...new Set(stores)].sort();
        if (missing.join() === this.#missing.join()) {
            return;
        }
        this.#missing = missing;
        const away = missing.length > 0 ? await api.storesAway(missing) : [];
        if (missing === this.#missing) {
            const names = away.map((store) => STORES[store] ?? store).join(' and ');
            const reason = names ? `${names} cannot be reached.` : 'no store has them yet.';
            this.#notify('trouble', missing.length > 0 ? `Candles may be missing: ${reason}` : null);
        }
    }

    #failed(error) {
        if (error.isUnknownSymbol) {
            this.#notify('unknown');
        } else if (error.name !== 'AbortError') {
            this.#notify('trouble', error.message);
        }
    }

    #push(kline) {
        this.#meanwhile?.push(kline);
        if (kline.t < this.series.first?.t) {
            // It would leave a hole behind it; whoever scrolls there reads it.
            return;
        }
        if (this.series.length > 0 && !this.series.leavesGapBefore(kline)) {
            const known = this.series.klines[this.series.indexOf(kline.t)];
            this.series.put(kline);
            if (known?.t === kline.t && kline.n < known.n) {
                // A rebuilt candle has fewer trades and a higher revision, which messages do not say.
                this.#readAgain(kline.t).catch(() => {});
            }
            this.#notify('kline', kline);
        } else if (!this.#meanwhile) {
            this.reload();
        }
    }

    async #readAgain(startTime) {
        const series = this.series;
        const { klines } = await api.klines(this.symbol, this.interval, { startTime, limit: 1, signal: this.#stop.signal });
        if (this.series === series) {
            series.merge(klines);
            this.#notify('load');
        }
    }

    /**
     * Reads the newest candles again, from the first of a page that nothing is known of: messages of the stream do not
     * say whether a candle has all executions, and none comes while Redis is away.
     */
    async #readLately() {
        const series = this.series;
        if (series.length === 0 || document.hidden) {
            return;
        }
        const recent = series.klines.slice(-api.PAGE);
        const startTime = recent.find((kline, index) => !('complete' in kline) || index >= recent.length - LATELY).t;
        const { klines, missing } = await api.klines(this.symbol, this.interval, { startTime, signal: this.#stop.signal });
        if (this.series !== series || this.#isStopped) {
            return;
        }
        // One that is newer may be on its way: the stream keeps it back until the one before has closed.
        const isLeftBehind = klines.filter(({ t }) => t > series.last.t).length > 1;
        if ((this.#wasMissing && missing.length === 0) || isLeftBehind) {
            this.#wasMissing = false;
            await this.reload();
            return;
        }
        if (missing.length > 0) {
            this.#wasMissing = true;
            this.#tellMissing(missing);
        }
        const before = JSON.stringify(this.marks);
        klines.filter(({ t }) => t >= series.first.t && t <= series.last.t).forEach((kline) => series.put(kline));
        if (JSON.stringify(this.marks) !== before) {
            this.#notify('load');
        }
    }

    /** Reads again the stretches behind corrections that are new in the ledger. */
    async #readLedger() {
        const series = this.series;
        if (series.length === 0 || document.hidden) {
            return;
        }
        const seen = new Set();
        const fresh = [];
        let from = series.first.t;
        let page;
        do {
            page = await api.corrections(this.symbol, this.interval, from, this.#stop.signal);
            for (const { openTime, tradeId } of page) {
                const key = `${openTime}:${tradeId}`;
                seen.add(key);
                if (!this.#seen?.has(key)) {
                    fresh.push(openTime);
                }
            }
            from = page.at(-1)?.openTime + 1;
        } while (page.length === api.PAGE);
        let until = -Infinity;
        for (const openTime of fresh) {
            if (openTime > until) {
                const { klines } = await api.klines(this.symbol, this.interval, { startTime: openTime, signal: this.#stop.signal });
                if (this.series !== series || this.#isStopped) {
                    return;
                }
                series.merge(klines);
                until = klines.at(-1)?.t ?? openTime;
            }
        }
        this.#seen = seen;
        if (fresh.length > 0) {
            this.#notify('load');
        }
    }

    #notify(type, detail) {
        if (!this.#isStopped) {
            this.dispatchEvent(new CustomEvent(type, { detail }));
        }
    }
}
