import { change, compact, direction, exact } from './decimals.js';
import { element, write } from './dom.js';

const $ = (id) => document.getElementById(id);

/** What the header says of the symbol shown: its name, its last price, and the figures of its day. */
export class Headline {
    #last = null;
    #text = 'Kline';

    name({ base, quote }) {
        write($('symbol').querySelector('b'), base ?? '');
        write($('symbol').querySelector('i'), quote ? `/${quote}` : '');
    }

    /** Without a price. */
    clear(symbol) {
        this.#last = null;
        write($('price'), '');
        this.#title(symbol ? `${symbol} · Kline` : 'Kline');
    }

    /** The last price, as text and as it is shown. */
    price(symbol, text, shown) {
        if (write($('price'), shown)) {
            $('price').className = `price ${this.#last === null ? '' : direction(Number(this.#last), Number(text))}`;
        }
        this.#last = text;
        this.#title(`${shown} ${symbol} · Kline`);
    }

    /** Change, range and volume of the last 24 hours, or of the day. */
    day({ kline, scale, base, quote }, span) {
        const facts = kline
            ? { [`${span} high`]: exact(kline.h, scale), [`${span} low`]: exact(kline.l, scale), [`Volume ${base}`]: compact(Number(kline.v)), [`Volume ${quote}`]: compact(Number(kline.q)) }
            : {};
        $('day').replaceChildren(...Object.entries(facts).map(([name, text]) => element('div', {}, element('dt', {}, name), element('dd', {}, text))));
        write($('day-change'), kline ? change(Number(kline.o), Number(kline.c)) : '');
        $('day-change').className = `day-change ${kline ? direction(Number(kline.o), Number(kline.c)) : ''}`;
    }

    /** The title is the list's while that is shown alone. */
    title() {
        document.title = document.body.dataset.view === 'markets' ? 'Markets · Kline' : this.#text;
    }

    #title(text) {
        this.#text = text;
        this.title();
    }
}
