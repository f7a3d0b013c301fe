import * as api from './api.js';
import { Series } from './series.js';

/** How often the ledger of corrections is asked: candles older than those in Redis are corrected without a message. */
const LEDGER_PERIOD = 30_000;

const RETRY = 3000;

const STORES = { REDIS: 'Redis', MYSQL: 'MySQL' };

/**
 * The candles of one symbol and interval, kept current: what the server sends goes in its place, and after a lost
 * connection everything is read again, since what changed meanwhile was never sent.
 *
 * Events: "load" when all candles may have changed, "older" with `detail` the number of candles that came in front,
 * "kline" with `detail` the one that came, "trouble" with `detail` a text or null.
 */
export class Feed extends EventTarget {
    series = new Series();
    /** Whether nothing is older than the first candle. */
    isComplete = false;
    #live;
    #meanwhile = null;
    #older = null;
    #seen = new Set();
    #stopped = false;
    #again = () => this.reload();
    #timers = [];

    constructor(live, symbol, interval) {
        super();
        this.#live = live;
        this.symbol = symbol;
        this.interval = interval;
    }

    async start() {
        this.#live.addEventListener('open', this.#again);
        this.#timers.push(setInterval(() => this.#readLedger().catch(() => {}), LEDGER_PERIOD));
        const listening = this.#live.listen(this.symbol, this.interval, (kline) => this.#push(kline));
        await listening.catch(() => {});
        await this.reload();
    }

    stop() {
        this.#stopped = true;
        this.#live.removeEventListener('open', this.#again);
        this.#live.leave(this.symbol, this.interval);
        this.#timers.forEach(clearTimeout);
    }

    /** Reads all candles again that were loaded, at least a page of the newest. */
    async reload() {
        const oldest = this.series.first?.t ?? Infinity;
        const meanwhile = [];
        this.#meanwhile = meanwhile;
        this.#older = null;
        const fresh = new Series();
        let complete = false;
        try {
            let page;
            do {
                page = await this.#page(fresh.first ? fresh.first.t - 1 : undefined);
                fresh.merge(page.klines);
                complete = page.isLast;
                // An empty page that is not the last one: the store of what is older is away.
            } while (!complete && page.klines.length > 0 && fresh.first.t > oldest && this.#meanwhile === meanwhile);
        } catch (error) {
            if (this.#meanwhile === meanwhile && !this.#stopped) {
                this.#meanwhile = null;
                this.#notify('trouble', error.message);
                this.#timers.push(setTimeout(this.#again, RETRY));
            }
            return;
        }
        if (this.#stopped || this.#meanwhile !== meanwhile) {
            return;
        }
        meanwhile.filter((kline) => !(kline.t < fresh.first?.t)).forEach((kline) => fresh.put(kline));
        this.#meanwhile = null;
        this.series = fresh;
        this.isComplete = complete;
        this.#notify('load');
    }

    /** Reads a page of older candles, once at a time. */
    async loadOlder() {
        if (this.#older || this.isComplete || this.series.length === 0) {
            return;
        }
        const series = this.series;
        const reading = this.#page(series.first.t - 1);
        this.#older = reading;
        try {
            const page = await reading;
            if (this.#stopped || this.series !== series) {
                return;
            }
            this.isComplete = page.isLast;
            this.#notify('older', series.merge(page.klines));
        } catch (error) {
            this.#notify('trouble', error.message);
        } finally {
            if (this.#older === reading) {
                this.#older = null;
            }
        }
    }

    /** A page up to a time. It is the last one if it is not full, and no store was missing. */
    async #page(endTime) {
        const { klines, missing } = await api.klines(this.symbol, this.interval, { endTime });
        const away = missing.length > 0;
        this.#notify('trouble', away ? `Candles may be missing: ${missing.map((store) => STORES[store] ?? store).join(' and ')} cannot be reached.` : null);
        return { klines, isLast: klines.length < api.PAGE && !away };
    }

    #push(kline) {
        this.#meanwhile?.push(kline);
        if (kline.t < this.series.first?.t) {
            // It would leave a hole behind it; whoever scrolls there reads it.
            return;
        }
        if (this.series.length > 0 && !this.series.leavesGapBefore(kline)) {
            this.series.put(kline);
            this.#notify('kline', kline);
        } else if (!this.#meanwhile) {
            this.reload();
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
            page = await api.corrections(this.symbol, this.interval, from);
            for (const { openTime, tradeId } of page) {
                const key = `${openTime}:${tradeId}`;
                seen.add(key);
                if (!this.#seen.has(key)) {
                    fresh.push(openTime);
                }
            }
            from = page.at(-1)?.openTime + 1;
        } while (page.length === api.PAGE);
        let until = -Infinity;
        for (const openTime of fresh) {
            if (openTime > until) {
                const { klines } = await api.klines(this.symbol, this.interval, { startTime: openTime });
                if (this.series !== series || this.#stopped) {
                    return;
                }
                series.merge(klines);
                until = klines.at(-1)?.t ?? openTime;
                this.#notify('load');
            }
        }
        this.#seen = seen;
    }

    #notify(type, detail) {
        if (!this.#stopped) {
            this.dispatchEvent(new CustomEvent(type, { detail }));
        }
    }
}
