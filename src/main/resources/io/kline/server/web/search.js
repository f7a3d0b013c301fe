import { exact, change, direction } from './decimals.js';
import { element } from './dom.js';

const SHOWN = 50;

/** The dialog that finds a symbol: type, choose with the arrows, Enter. */
export class Search {
    #dialog;
    #input;
    #list;
    #markets;
    #choose;
    #active = 0;

    constructor(dialog, markets, choose) {
        this.#dialog = dialog;
        this.#markets = markets;
        this.#choose = choose;
        this.#input = dialog.querySelector('input');
        this.#list = dialog.querySelector('ul');
        this.#input.addEventListener('input', () => this.#find());
        this.#input.addEventListener('keydown', (event) => this.#pressed(event));
        dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
    }

    open(text = '') {
        this.#input.value = text;
        this.#find();
        this.#dialog.showModal();
        this.#input.focus();
    }

    /** Other symbols are known. */
    refresh() {
        if (this.#dialog.open) {
            this.#find(this.#active);
        }
    }

    #find(active = 0) {
        const text = this.#input.value.trim().normalize('NFC').toUpperCase().replace('/', '');
        const found = this.#markets.symbols
            .map((symbol) => this.#markets.of(symbol))
            .filter(({ symbol }) => symbol.includes(text))
            .sort((a, b) => b.symbol.startsWith(text) - a.symbol.startsWith(text) || Number(b.kline?.q ?? 0) - Number(a.kline?.q ?? 0));
        const items = found.slice(0, SHOWN).map((row, index) => this.#item(row, index));
        this.#list.replaceChildren(...(items.length > 0 ? items : [element('li', { className: 'none' }, this.#markets.isRead ? 'No symbol has this in its name.' : 'Loading…')]));
        this.#activate(active);
    }

    #item({ symbol, base, quote, kline, scale }, index) {
        const item = element('li', { id: `search-${index}` }, element('span', { className: 'name' }, element('b', {}, base), element('i', {}, quote ? `/${quote}` : '')));
        if (kline) {
            item.append(
                element('span', { className: 'last' }, exact(kline.c, scale)),
                element('span', { className: `change ${direction(Number(kline.o), Number(kline.c))}` }, change(Number(kline.o), Number(kline.c))),
            );
        }
        item.dataset.symbol = symbol;
        item.setAttribute('role', 'option');
        item.addEventListener('click', () => this.#done(symbol));
        item.addEventListener('pointermove', () => this.#activate(index));
        return item;
    }

    #activate(index) {
        const items = [...this.#list.querySelectorAll('[role=option]')];
        this.#active = Math.max(0, Math.min(items.length - 1, index));
        items.forEach((item, at) => item.setAttribute('aria-selected', String(at === this.#active)));
        items[this.#active]?.scrollIntoView({ block: 'nearest' });
        this.#input.setAttribute('aria-activedescendant', items[this.#active]?.id ?? '');
    }

    #pressed(event) {
        // The keys choose among the characters that an input method offers.
        if (event.isComposing) {
            return;
        }
        const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
        if (event.key in steps) {
            event.preventDefault();
            this.#activate(this.#active + steps[event.key]);
        } else if (event.key === 'Enter') {
            event.preventDefault();
            const chosen = this.#list.querySelector('[aria-selected=true]');
            if (chosen) {
                this.#done(chosen.dataset.symbol);
            }
        }
    }

    #done(symbol) {
        this.#dialog.close();
        this.#choose(symbol);
    }
}
