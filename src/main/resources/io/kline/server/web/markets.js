import * as api from './api.js';
import { lengthOf } from './clock.js';
import { change, compact, direction, exact, scaleOf } from './decimals.js';
import { element, write } from './dom.js';
import { keep, recall } from './memory.js';
import { Trends } from './trends.js';

/** How long the stream of tickers is waited for, and then the time between two readings without it, ms. */
const PERIOD = 2000;
/** So long a price of the stream counts for more than one that is read, ms. */
const STREAMED = 10_000;
/** Without a stream for so long the figures are those that are read, ms. */
const UNSTREAMED = 10_000;
/** Without a stream, figures are read only while less than this share of the server's weight is used: the stream needs some. */
const SHARE = 0.5;
/** So long the server is not asked again which symbols there are, ms. */
const KNOWN = 10_000;
const DAY = 86_400_000;
const FAVOURITES = 'favourites';

const COLUMNS = [
    { key: 'name', title: 'Symbol', order: (row) => row.symbol },
    { key: 'trend', title: 'Trend' },
    { key: 'last', title: 'Last', order: (row) => -Number(row.kline?.c ?? 0) },
    { key: 'change', title: 'Change', order: (row) => (row.kline ? 1 - Number(row.kline.c) / Number(row.kline.o) : Infinity) },
    { key: 'high', title: 'High' },
    { key: 'low', title: 'Low' },
    { key: 'volume', title: 'Volume', order: (row) => -Number(row.kline?.q ?? -1) },
];

/**
 * All symbols with last price, and change, range, volume and course of the last 24 hours, as the server streams them.
 * A server without tickers is asked for the candles of the day. Rows keep their places until a column is chosen;
 * favourites come first.
 *
 * Events: "names" when symbols have become known, "markets" when those with figures changed, "day" when figures did.
 */
export class Markets extends EventTarget {
    #rows = new Map();
    #list;
    #sorted = COLUMNS.find(({ key }) => key === 'volume');
    #backwards = false;
    #trends;
    #chosen = null;
    #pricedAt = 0;
    #addressOf;
    #isReading = false;
    #learning = null;
    #learnedAt = -Infinity;
    #live;
    #sight = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)));
    /** Whether tickers come. */
    #isStreamed = false;
    #favourites = favourites();
    /** Whether the server has said which symbols there are. */
    isRead = false;

    /**
     * @param live streams the tickers
     * @param addressOf where a symbol's row leads to
     */
    constructor(root, live, { intervals }, addressOf) {
        super();
        this.#live = live;
        this.#addressOf = addressOf;
        const byLength = [...intervals].sort((a, b) => lengthOf(a) - lengthOf(b));
        this.dayInterval = intervals.includes('1d') ? '1d' : byLength.at(-1);
        this.#trends = new Trends(byLength, DAY);
        this.#list = element('div', { className: 'rows', role: 'rowgroup' });
        const table = element('div', { className: 'table', role: 'table', ariaLabel: 'Markets' });
        table.append(element('div', { role: 'rowgroup' }, element('div', { className: 'row head', role: 'row' }, ...COLUMNS.map((column) => this.#heading(column)))), this.#list);
        root.append(table);
        live.addEventListener('lost', () => setTimeout(() => (this.#isStreamed &&= live.isOpen), UNSTREAMED));
        addEventListener('storage', ({ key }) => key === FAVOURITES && this.#favoured());
    }

    /** Follows the tickers; the first ones are awaited, or what is there instead. */
    async start() {
        const first = new Promise((resolve) => {
            this.#live.listenToTickers((tickers) => this.#take(tickers.map(klineOf), true).then(resolve, () => {}));
            setTimeout(resolve, PERIOD);
        });
        this.#learn();
        await first;
        if (!this.#isStreamed) {
            await this.#read();
        }
        setInterval(() => document.hidden || this.#isStreamed || api.weight.isAbove(SHARE) || this.#read(), PERIOD);
    }

    /** What the figures are of. */
    get span() {
        return this.#isStreamed ? '24h' : 'Day';
    }

    get symbols() {
        return [...this.#rows.keys()];
    }

    /** Symbol, base, quote, the least step of its price, and its figures. */
    of(symbol) {
        return this.#rows.get(symbol);
    }

    /** The most active symbol, if there is any. */
    get first() {
        return [...this.#rows.values()].filter(({ kline }) => kline).sort((a, b) => Number(b.kline?.q ?? -1) - Number(a.kline?.q ?? -1))[0]?.symbol;
    }

    /** Marks a symbol, and lets all links lead to what they lead to now. */
    choose(symbol) {
        for (const row of this.#rows.values()) {
            row.link.href = this.#addressOf(row.symbol);
            row.symbol === symbol ? row.link.setAttribute('aria-current', 'page') : row.link.removeAttribute('aria-current');
            row.line.classList.toggle('current', row.symbol === symbol);
        }
        this.#chosen = symbol;
    }

    /** Sets the newest price of a symbol and its digits, where a stream has it before the list is read again. */
    price(symbol, text, scale) {
        const row = this.#rows.get(symbol);
        this.#pricedAt = Date.now();
        if (row) {
            row.scale = Math.max(row.scale, scale);
        }
        if (row?.kline && row.kline.c !== text) {
            const { h, l } = row.kline;
            this.#put({ ...row.kline, c: text, h: Number(text) > Number(h) ? text : h, l: Number(text) < Number(l) ? text : l });
            this.dispatchEvent(new Event('day'));
        }
    }

    #heading(column) {
        const className = `cell ${column.key}`;
        const cell = element('span', { className, role: 'columnheader' });
        if (!column.order) {
            cell.append(column.title);
            return cell;
        }
        column.button = element('button', {}, column.title);
        column.button.addEventListener('click', () => {
            this.#backwards = this.#sorted === column && !this.#backwards;
            this.#sorted = column;
            this.#sort();
        });
        column.cell = cell;
        cell.append(column.button);
        return cell;
    }

    async #read() {
        if (this.#isReading) {
            return;
        }
        this.#isReading = true;
        try {
            const klines = await api.latest(this.dayInterval, { isGlance: this.isRead });
            if (!this.#isStreamed) {
                await this.#take(klines, false);
            }
        } catch {
            // It is tried again in its turn.
        } finally {
            this.#isReading = false;
        }
    }

    async #take(klines, isStreamed) {
        const isFirst = !this.isRead;
        this.#isStreamed ||= isStreamed;
        if (klines.some((kline) => !this.#rows.has(kline.s))) {
            await this.#learn();
        }
        this.isRead = true;
        klines.filter((kline) => !isStreamed || this.#isNewer(kline)).forEach((kline) => this.#put(this.#streamed(kline)));
        if (isFirst || this.#list.childElementCount !== this.#rows.size) {
            this.#sort();
            this.choose(this.#chosen);
            this.dispatchEvent(new Event('markets'));
        }
        this.dispatchEvent(new Event('day'));
    }

    /** A ticker that waited for others may have been passed by one that did not. */
    #isNewer(ticker) {
        const row = this.#rows.get(ticker.s);
        if (!row || ticker.lt < row.tickedAt) {
            return false;
        }
        row.tickedAt = ticker.lt;
        return true;
    }

    /** Of a symbol whose stream is followed, the stream's price is the newer one. */
    #streamed(kline) {
        const row = this.#rows.get(kline.s);
        const isStreamed = row?.kline && kline.s === this.#chosen && Date.now() - this.#pricedAt < STREAMED;
        return isStreamed ? { ...kline, c: row.kline.c } : kline;
    }

    /** Asks which symbols there are, once at a time. The page needs the first answer; later nobody waits. */
    #learn() {
        if (!this.#learning && Date.now() - this.#learnedAt > KNOWN) {
            this.#learning = this.#ask()
                .catch(() => {})
                .finally(() => {
                    this.#learning = null;
                    this.#learnedAt = Date.now();
                });
        }
        return this.#learning;
    }

    async #ask() {
        for (const { symbol, baseAsset, quoteAsset, filters } of await api.symbols({ isGlance: this.#rows.size > 0 })) {
            if (!this.#rows.has(symbol)) {
                const tick = filters.find(({ filterType }) => filterType === 'PRICE_FILTER')?.tickSize ?? '1';
                this.#rows.set(symbol, this.#row(symbol, baseAsset || symbol, quoteAsset, tick));
            }
        }
        this.dispatchEvent(new Event('names'));
    }

    #row(symbol, base, quote, tick) {
        const cells = Object.fromEntries(COLUMNS.map(({ key }) => [key, element('span', { className: `cell ${key}`, role: 'cell' })]));
        const link = element('a', { href: this.#addressOf(symbol) }, element('b', {}, base), element('i', {}, quote ? `/${quote}` : ''));
        const star = element('button', { className: 'star', ariaLabel: `Favourite ${symbol}`, ariaPressed: String(this.#favourites.has(symbol)) }, '★');
        star.addEventListener('click', () => this.#favour(symbol));
        cells.name.append(star, link);
        const line = element('div', { className: 'row', role: 'row' }, ...Object.values(cells));
        line.dataset.symbol = symbol;
        this.#sight.observe(line);
        return { symbol, base, quote, line, link, star, cells, tick, scale: scaleOf(tick), kline: null, trend: null, isSeen: false };
    }

    #favour(symbol) {
        const kept = favourites();
        kept.delete(symbol) || kept.add(symbol);
        keep(FAVOURITES, [...kept].join(' '));
        this.#favoured();
    }

    /** The favourites are others: they are those of all windows. */
    #favoured() {
        this.#favourites = favourites();
        for (const { symbol, star } of this.#rows.values()) {
            star.ariaPressed = String(this.#favourites.has(symbol));
        }
        this.#sort();
    }

    /** What is out of view is written when it comes into view. */
    #seen({ target, isIntersecting }) {
        const row = this.#rows.get(target.dataset.symbol);
        row.isSeen = isIntersecting;
        if (isIntersecting && row.kline) {
            this.#write(row, null);
        }
        this.#trends.seen(row);
    }

    #put(kline) {
        const row = this.#rows.get(kline.s);
        if (!row) {
            return;
        }
        const { o, h, l, c } = kline;
        const before = row.kline;
        row.kline = kline;
        row.scale = Math.max(row.scale, ...[o, h, l, c].map(scaleOf));
        if (row.isSeen) {
            this.#write(row, before);
        } else {
            this.#trends.extend(row);
        }
    }

    #write(row, before) {
        const { cells, kline } = row;
        const { o, h, l, c, q } = kline;
        const colour = direction(Number(o), Number(c));
        if (write(cells.last, exact(c, row.scale)) && before && before.c !== c) {
            flash(cells.last, direction(Number(before.c), Number(c)));
        }
        write(cells.change, change(Number(o), Number(c)));
        cells.change.className = `cell change ${colour}`;
        write(cells.high, exact(h, row.scale));
        write(cells.low, exact(l, row.scale));
        write(cells.volume, compact(Number(q)));
        this.#trends.extend(row);
    }

    #sort() {
        const { order } = this.#sorted;
        const rows = [...this.#rows.values()].sort((a, b) => {
            const [left, right] = [order(a), order(b)];
            const favoured = this.#favourites.has(b.symbol) - this.#favourites.has(a.symbol);
            const other = left < right ? -1 : left > right ? 1 : a.symbol < b.symbol ? -1 : 1;
            return favoured || (this.#backwards ? -other : other);
        });
        const focused = document.activeElement;
        this.#list.replaceChildren(...rows.map((row) => row.line));
        if (this.#list.contains(focused)) {
            focused.focus({ preventScroll: true });
        }
        for (const { key, cell } of COLUMNS.filter(({ cell }) => cell)) {
            const isAscending = (key === 'name') !== this.#backwards;
            cell.ariaSort = key === this.#sorted.key ? (isAscending ? 'ascending' : 'descending') : 'none';
        }
    }
}

/** A ticker as the candle of its 24 hours. */
function klineOf({ s, o, h, l, c, v, q, E }) {
    return { s, o, h, l, c, v, q, t: E - (E % 60_000) - DAY, lt: E };
}

function favourites() {
    return new Set((recall(FAVOURITES) ?? '').split(' ').filter((symbol) => symbol));
}

/** An animation of another name begins anew without a layout. */
function flash(cell, colour) {
    const again = cell.classList.contains(`flash-${colour}`) ? '-again' : '';
    cell.className = `cell last flash-${colour}${again}`;
}
