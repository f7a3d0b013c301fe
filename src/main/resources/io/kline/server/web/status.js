import { write } from './dom.js';

const $ = (id) => document.getElementById(id);

/** What the page says about its state: the light in the header, the line under it, and the words in the chart's place. */
export class Status {
    #state;
    #live;
    #patience;
    #note = null;

    constructor(state, live, patience) {
        this.#state = state;
        this.#live = live;
        this.#patience = patience;
        live.addEventListener('open', () => state.connected(true));
        live.addEventListener('lost', () => state.connected(false));
        patience.addEventListener('change', () => state.troubled(patience.trouble?.kind ?? null));
        state.addEventListener('change', () => this.#show());
        $('status').addEventListener('click', () => {
            patience.hurry();
            live.retry();
        });
        addEventListener('online', () => patience.hurry());
        setInterval(() => this.#show(), 500);
    }

    /** A line that holds for the candles shown; null for none. */
    note(text) {
        this.#note = text;
        this.#show();
    }

    /** Words in place of candles; null for none. */
    empty(text) {
        $('empty').hidden = !text;
        write($('empty'), text ?? '');
    }

    #show() {
        const { name } = this.#state;
        const text = {
            loading: () => 'Loading',
            live: () => 'Live',
            stale: () => (this.#live.isOpen ? 'Catching up' : 'Connection lost'),
            refused: () => 'Asked to wait',
            away: () => 'Server away',
            notfound: () => 'Not found',
        }[name]();
        const until = { stale: this.#live.isOpen ? null : this.#live.until, refused: this.#patience.until, away: this.#patience.until }[name];
        document.body.dataset.state = name;
        $('status').dataset.state = name;
        write($('status-text'), text);
        // Beside it: a screen reader says each change of the text.
        write($('status-wait'), until ? `, ${again(until)}` : '');
        const trouble = this.#patience.trouble?.message ?? this.#note;
        $('trouble').hidden = !trouble;
        write($('trouble'), trouble ?? '');
    }
}

function again(time) {
    const seconds = Math.ceil((time - Date.now()) / 1000);
    return seconds > 0 ? `again in ${seconds} s` : 'trying';
}
