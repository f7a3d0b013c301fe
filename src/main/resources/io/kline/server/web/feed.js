import * as api from './api.js';
import { Missing } from './missing.js';
import { Recheck } from './recheck.js';
import { Series } from './series.js';
import { signs } from './signs.js';

/** So long a store that is away is not asked again for older candles. */
const AWAY = 5000;

const STORES = { REDIS: 'Redis', MYSQL: 'MySQL' };

/**
 * The candles of one symbol and interval, kept current: what the server sends goes in its place, and after a lost
 * connection everything is read again, since what changed meanwhile was never sent.
 *
 * Events: "load" when all candles were read, "older" when some came in front, "kline" with `detail` the newest one
 * when it changed, "change" when others did; "unknown" if there is no such symbol, "failed" with `detail` a text if
 * the server will never answer; "trouble" with `detail` a text or null; "doubt" with `detail` why the newest candle
 * may be old although the stream is there, "redis" or "unanswered", or null.
 */
export class Feed extends EventTarget {
    series = new Series();
    /** Which candles may be missing. */
    missing = new Missing();
    /** Whether nothing is older than the first candle. */
    isComplete = false;
    #live;
    #recheck;
    #meanwhile = null;
    #older = null;
    #notBefore = 0;
    #told = null;
    #explained = 0;
    #doubt = null;
    #stop = new AbortController();
    #again = () => this.reload();
    #timer = 0;

    constructor(live, symbol, interval) {
        super();
        this.#live = live;
        this.#recheck = new Recheck(this, live);
        this.symbol = symbol;
        this.interval = interval;
    }

    /** Begins, once it is clear that the reader stays: not within a wait, in ms. */
    start(wait) {
        this.#timer = setTimeout(() => this.#begin(), wait);
    }

    stop() {
        this.#stop.abort();
        this.#recheck.stop();
        this.#live.removeEventListener('open', this.#again);
        this.#live.leave(this.symbol, this.interval);
        clearTimeout(this.#timer);
    }

    async #begin() {
        this.#live.addEventListener('open', this.#again);
        await this.#live.listen(this.symbol, this.interval, (kline) => this.#push(kline));
        await this.reload();
        if (!this.#isStopped) {
            await this.#recheck.start();
        }
    }

    /** Candles with a sign: [{ time, kind }] of SIGNS, oldest first. */
    get marks() {
        return signs(this.series.klines, this.#recheck.corrected);
    }

    get #isStopped() {
        return this.#stop.signal.aborted;
    }

    /** Klines of this symbol and interval, and which stores lack in the answer. */
    read(options) {
        return api.klines(this.symbol, this.interval, { ...options, signal: this.#stop.signal });
    }

    /** The ledger of corrections from a time on. */
    corrections(from) {
        return api.corrections(this.symbol, this.interval, from, this.#stop.signal);
    }

    /** Reads all candles again that were loaded, at least a page of the newest. */
    async reload() {
        const oldest = this.series.first?.t ?? Infinity;
        const meanwhile = [];
        this.#meanwhile = meanwhile;
        this.#older = null;
        const fresh = new Series();
        const missing = new Missing();
        let complete = false;
        try {
            let page;
            do {
                page = await this.#page(fresh.first ? fresh.first.t - 1 : undefined);
                fresh.merge(page.klines);
                missing.tell(page.from, page.to, page.missing);
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
        if (missing.stores.length === 0) {
            this.#notBefore = 0;
        } else {
            // What was there before is not lost with a store, and may be newer than what the other one has.
            fresh.merge(this.series.klines);
        }
        meanwhile.filter((kline) => !(kline.t < fresh.first?.t)).forEach((kline) => fresh.put(kline));
        this.#meanwhile = null;
        this.series = fresh;
        this.isComplete = complete;
        this.missing = missing;
        this.#recheck.answered();
        this.#notify('load');
        this.doubt();
        this.explain();
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
            this.tell(page.from, page.to, page.missing);
            this.#notBefore = page.klines.length > 0 ? 0 : Date.now() + AWAY;
            // Who hears of these may ask for more.
            this.#older = null;
            series.merge(page.klines);
            this.#notify('older');
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
        const { klines, missing } = await this.read({ endTime });
        const isFull = klines.length >= api.PAGE;
        return { klines, missing, from: isFull ? klines[0].t : -Infinity, to: endTime ?? Infinity, isLast: !isFull && missing.length === 0 };
    }

    /** Tells which stores lacked in an answer, from one time to another. */
    tell(from, to, stores) {
        this.missing.tell(from, to, stores);
        this.doubt();
        this.explain();
    }

    /** Decides whether the newest candle may be old. */
    doubt() {
        const isAway = this.missing.at(this.series.last?.t ?? Infinity).includes('REDIS');
        const doubt = isAway ? 'redis' : this.#recheck.isUnanswered ? 'unanswered' : null;
        if (doubt !== this.#doubt) {
            this.#doubt = doubt;
            this.#notify('doubt', doubt);
        }
    }

    /** Says why candles may be missing. An answer can lack some with all stores there: what Redis lost before MySQL had it. */
    async explain() {
        const turn = ++this.#explained;
        const { stores } = this.missing;
        let text = null;
        if (stores.length > 0) {
            const names = (await api.storesAway(stores)).map((store) => STORES[store] ?? store).join(' and ');
            text = `Candles may be missing: ${names ? `${names} cannot be reached.` : 'no store has them yet.'}`;
        }
        if (turn === this.#explained && text !== this.#told) {
            this.#told = text;
            this.#notify('trouble', text);
        }
    }

    #failed(error) {
        if (error.name === 'AbortError') {
            return;
        }
        // What listeners say of it is taken back by the next answer.
        this.#told = error.message;
        if (error.isUnknownSymbol) {
            this.#notify('unknown');
        } else {
            this.#notify('trouble', error.message);
            this.#notify('failed', error.message);
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
            if (known?.t === kline.t && kline.n < known.n) {
                // A rebuilt candle has fewer trades and a higher revision, which messages do not say.
                this.#recheck.read(kline.t);
            }
            this.take([kline]);
        } else if (!this.#meanwhile) {
            this.reload();
        }
    }

    /**
     * Puts klines in their places, and tells what that changes. None goes in front of the first: it would leave a hole.
     *
     * @param isMarked whether signs have changed anyway
     */
    take(klines, isMarked = false) {
        const { series } = this;
        const last = series.last;
        const changed = klines.filter((kline) => kline.t >= series.first?.t && series.put(kline));
        const isSigned = series.last?.t === last?.t && series.last?.complete !== last?.complete;
        if (changed.some(({ t }) => t < series.last.t) || isMarked || isSigned) {
            this.#notify('change');
        } else if (changed.length > 0) {
            this.#notify('kline', series.last);
        }
    }

    #notify(type, detail) {
        if (!this.#isStopped) {
            this.dispatchEvent(new CustomEvent(type, { detail }));
        }
    }
}
