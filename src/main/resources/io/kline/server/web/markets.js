import { hashOf } from './address.js';
import * as api from './api.js';
import { lengthOf } from './clock.js';
import { change, compact, direction, exact, scaleOf } from './decimals.js';
import { element, write } from './dom.js';

const PERIOD = 2000;
const DAY = 86_400_000;
/** Candles of a sparkline, about. */
const POINTS = 96;
const READERS = 3;
const WIDTH = 120;
const HEIGHT = 32;

const COLUMNS = [
    { key: 'name', title: 'Symbol', order: (row) => row.symbol },
    { key: 'trend', title: 'Last 24 h' },
    { key: 'last', title: 'Last', order: (row) => -Number(row.kline?.c ?? 0) },
    { key: 'change', title: 'Day', order: (row) => (row.kline ? 1 - Number(row.kline.c) / Number(row.kline.o) : Infinity) },
    { key: 'high', title: 'High' },
    { key: 'low', title: 'Low' },
    { key: 'volume', title: 'Volume', order: (row) => -Number(row.kline?.q ?? -1) },
    { key: 'trades', title: 'Trades', order: (row) => -(row.kline?.n ?? -1) },
];

/**
 * All symbols with last price, change, volume and sparkline, read every two seconds while they can be seen. Rows keep
 * their places until a column is chosen.
 *
 * Events: "markets" when the symbols changed, "day" after every reading, "trouble" with `detail` a text or null.
 */
export class Markets extends EventTarget {
    #root;
    #rows = new Map();
    #list;
    #sorted = COLUMNS.find(({ key }) => key === 'volume');
    #backwards = false;
    #queue = [];
    #reading = 0;
    #sight;
    #intervals;
    #interval = '1m';

    constructor(root, { intervals }) {
        super();
        this.#root = root;
        this.#intervals = [...intervals].sort((a, b) => lengthOf(a) - lengthOf(b));
        this.dayInterval = intervals.includes('1d') ? '1d' : this.#intervals.at(-1);
        this.trendInterval = this.#intervals.findLast((interval) => lengthOf(interval) <= DAY / POINTS) ?? this.#intervals[0];
        this.#sight = new IntersectionObserver((entries) => entries.forEach((entry) => this.#seen(entry)));
        this.#list = element('div', { className: 'rows' });
        root.append(element('div', { className: 'row head' }, ...COLUMNS.map((column) => this.#heading(column))), this.#list);
    }

    /** Reads until the page is left; the first reading is awaited. */
    async start() {
        await this.#read();
        setInterval(() => document.hidden || this.#read(), PERIOD);
    }

    get symbols() {
        return [...this.#rows.keys()];
    }

    /** Symbol, base, quote and the candle of the day. */
    of(symbol) {
        return this.#rows.get(symbol);
    }

    /** The most active symbol, if there is any. */
    get first() {
        return [...this.#rows.values()].sort((a, b) => Number(b.kline?.q ?? -1) - Number(a.kline?.q ?? -1))[0]?.symbol;
    }

    /** Marks a symbol, and lets all links lead to an interval. */
    choose(symbol, interval) {
        this.#interval = interval;
        for (const row of this.#rows.values()) {
            row.link.href = hashOf(row.symbol, interval);
            row.symbol === symbol ? row.link.setAttribute('aria-current', 'page') : row.link.removeAttribute('aria-current');
        }
    }

    #heading(column) {
        const className = `cell ${column.key}`;
        if (!column.order) {
            return element('span', { className }, column.title);
        }
        const button = element('button', { className }, column.title);
        button.addEventListener('click', () => {
            this.#backwards = this.#sorted === column && !this.#backwards;
            this.#sorted = column;
            this.#sort();
        });
        column.button = button;
        return button;
    }

    async #read() {
        try {
            const klines = await api.latest(this.dayInterval);
            if (klines.some((kline) => !this.#rows.has(kline.s))) {
                await this.#learn();
            }
            klines.forEach((kline) => this.#show(kline));
        } catch (error) {
            this.dispatchEvent(new CustomEvent('trouble', { detail: error.message }));
            return;
        }
        this.dispatchEvent(new CustomEvent('trouble', { detail: null }));
        if (this.#list.childElementCount !== this.#rows.size) {
            this.#sort();
            this.dispatchEvent(new Event('markets'));
        }
        this.dispatchEvent(new Event('day'));
    }

    async #learn() {
        for (const { symbol, baseAsset, quoteAsset } of await api.symbols()) {
            if (!this.#rows.has(symbol)) {
                this.#rows.set(symbol, this.#row(symbol, baseAsset || symbol, quoteAsset));
            }
        }
    }

    #row(symbol, base, quote) {
        const cells = Object.fromEntries(COLUMNS.map(({ key }) => [key, element('span', { className: `cell ${key}` })]));
        cells.name.append(element('b', {}, base), element('i', {}, quote ? `/${quote}` : ''));
        const link = element('a', { className: 'row', href: hashOf(symbol, this.#interval) }, ...Object.values(cells));
        link.dataset.symbol = symbol;
        this.#sight.observe(link);
        return { symbol, base, quote, link, cells, scale: 0, kline: null, trend: null };
    }

    #show(kline) {
        const row = this.#rows.get(kline.s);
        if (!row) {
            return;
        }
        const { cells } = row;
        const { o, h, l, c, q, n } = kline;
        const before = row.kline;
        row.kline = kline;
        row.scale = Math.max(row.scale, ...[o, h, l, c].map(scaleOf));
        const colour = direction(Number(o), Number(c));
        if (write(cells.last, exact(c, row.scale)) && before && before.c !== c) {
            flash(cells.last, direction(Number(before.c), Number(c)));
        }
        write(cells.change, change(Number(o), Number(c)));
        cells.change.className = `cell change ${colour}`;
        write(cells.high, exact(h, row.scale));
        write(cells.low, exact(l, row.scale));
        write(cells.volume, compact(Number(q)));
        write(cells.trades, exact(String(n)));
        if (row.trend) {
            this.#extend(row, Number(c));
        }
    }

    #sort() {
        const { order } = this.#sorted;
        const rows = [...this.#rows.values()].sort((a, b) => {
            const [left, right] = [order(a), order(b)];
            return left < right ? -1 : left > right ? 1 : a.symbol < b.symbol ? -1 : 1;
        });
        this.#list.replaceChildren(...(this.#backwards ? rows.reverse() : rows).map((row) => row.link));
        for (const { key, button } of COLUMNS) {
            button?.setAttribute('aria-pressed', String(key === this.#sorted.key));
        }
    }

    /** Sparklines are read when their row is first seen, a few at a time. */
    #seen({ target, isIntersecting }) {
        const row = this.#rows.get(target.dataset.symbol);
        if (isIntersecting && row && !row.trend) {
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
                const { klines } = await api.klines(row.symbol, this.trendInterval, { limit: POINTS });
                row.trend = klines.map(({ t, c }) => ({ t, price: Number(c) }));
                draw(row);
            } catch {
                this.#sight.observe(row.link);
            }
        }
        this.#reading--;
    }

    #extend({ trend, ...row }, price) {
        const length = lengthOf(this.trendInterval);
        const last = trend.at(-1);
        const open = Date.now() - (Date.now() % length);
        if (last && open <= last.t) {
            last.price = price;
        } else {
            trend.push({ t: open, price });
            trend.splice(0, trend.length - POINTS);
        }
        draw({ trend, ...row });
    }
}

function flash(cell, colour) {
    cell.classList.remove('flash-up', 'flash-down');
    // Reading a layout property lets the animation begin anew.
    void cell.offsetWidth;
    cell.classList.add(`flash-${colour}`);
}

function draw({ trend, cells }) {
    if (trend.length < 2) {
        return;
    }
    const prices = trend.map(({ price }) => price);
    const low = Math.min(...prices);
    const range = Math.max(...prices) - low || 1;
    const points = prices.map((price, index) => {
        const x = (index / (prices.length - 1)) * WIDTH;
        const y = 2 + (1 - (price - low) / range) * (HEIGHT - 4);
        return `${x.toFixed(1)} ${y.toFixed(1)}`;
    });
    let svg = cells.trend.firstChild;
    if (!svg) {
        svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
        svg.setAttribute('viewBox', `0 0 ${WIDTH} ${HEIGHT}`);
        svg.setAttribute('preserveAspectRatio', 'none');
        svg.setAttribute('aria-hidden', 'true');
        for (const part of ['area', 'path']) {
            const path = document.createElementNS(svg.namespaceURI, 'path');
            path.setAttribute('class', part);
            svg.append(path);
        }
        cells.trend.append(svg);
    }
    svg.setAttribute('class', direction(prices[0], prices.at(-1)));
    svg.firstChild.setAttribute('d', `M0 ${HEIGHT}L${points.join('L')}L${WIDTH} ${HEIGHT}Z`);
    svg.lastChild.setAttribute('d', `M${points.join('L')}`);
}
