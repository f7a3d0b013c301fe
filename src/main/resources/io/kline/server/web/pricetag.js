import { countdown } from './clock.js';
import { direction } from './decimals.js';
import { element, write } from './dom.js';

/** The last price at the axis, wherever the view is, and under it the time until its candle closes. */
export class PriceTag {
    #owner;
    #tag = element('div', { className: 'countdown', hidden: true });
    #line = null;
    #main = null;

    constructor(owner) {
        this.#owner = owner;
        owner.append(this.#tag);
    }

    place(colours) {
        const { chart, main } = this.#owner.library;
        const last = this.#owner.klines.at(-1);
        const side = last && direction(Number(last.o), Number(last.c));
        this.#draw(main, last, colours[side]);
        const y = last && main.priceToCoordinate(Number(last.c));
        const bottom = chart.panes()[0].getHeight();
        this.#tag.hidden = !last || y === null || y < 0 || y > bottom - 24 || last.x || document.body.dataset.state !== 'live';
        if (!this.#tag.hidden) {
            write(this.#tag, countdown(last.T + 1 - this.#owner.now()));
            this.#tag.className = `countdown ${side}`;
            this.#tag.style.top = `${Math.round(y + 9)}px`;
            this.#tag.style.width = `${chart.priceScale('right').width()}px`;
        }
    }

    #draw(main, last, color) {
        if (this.#main !== main) {
            // The line of before went with what it was drawn on.
            this.#main = main;
            this.#line = null;
        }
        if (!last) {
            this.#line && main.removePriceLine(this.#line);
            this.#line = null;
            return;
        }
        const options = { price: Number(last.c), color, lineWidth: 1, lineStyle: 1 };
        this.#line ? this.#line.applyOptions(options) : (this.#line = main.createPriceLine(options));
    }
}
