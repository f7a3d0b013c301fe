import { write } from './dom.js';

const $ = (id) => document.getElementById(id);

const DOUBTS = { redis: 'Redis away', unanswered: 'No answer', asleep: 'Catching up' };

/** What the page says about its state: the light in the header, the line under it, and the words in the chart's place. */
export class Status {
    #state;
    #live;
    #patience;
    #notes = new Map();

    constructor(state, live, patience) {
        this.#state = state;
        this.#live = live;
        this.#patience = patience;
        live.addEventListener('open', () => state.connected(true));
        live.addEventListener('lost', () => state.connected(false));
        live.addEventListener('silent', () => state.doubted('stream', 'asleep'));
        live.addEventListener('heard', () => state.doubted('stream', null));
        patience.addEventListener('change', () => {
            state.troubled(patience.awaited?.kind ?? null);
            this.#show();
        });
        state.addEventListener('change', () => this.#show());
        $('status').addEventListener('click', () => {
            patience.hurry();
            live.retry();
        });
        addEventListener('online', () => patience.hurry());
        setInterval(() => this.#show(), 500);
    }

    /** A line that holds for what is shown by somebody; null for none. */
    note(by, text) {
        text ? this.#notes.set(by, text) : this.#notes.delete(by);
        this.#show();
    }

    /** Words in place of candles; null for none. */
    empty(text) {
        $('empty').hidden = !text;
        write($('empty'), text ?? '');
    }

    #show() {
        const { name, doubt } = this.#state;
        const { awaited, until: again } = this.#patience;
        const text = {
            loading: () => 'Loading',
            live: () => 'Live',
            stale: () => (this.#live.isOpen ? (DOUBTS[doubt] ?? 'Catching up') : 'Connection lost'),
            refused: () => 'Asked to wait',
            away: () => 'Server away',
            notfound: () => 'Not found',
        }[name]();
        const isUnconnected = name === 'stale' && !this.#live.isOpen;
        const until = isUnconnected ? this.#live.until : awaited && ['refused', 'away', 'live'].includes(name) ? again : null;
        document.body.dataset.state = name;
        $('status').dataset.state = name;
        write($('status-text'), text);
        // Beside it: a screen reader says each change of the text.
        write($('status-wait'), until ? `, ${name === 'live' ? 'requests ' : ''}${wait(until)}` : '');
        const trouble = awaited?.message ?? [...this.#notes.values()].join(' ');
        $('trouble').hidden = !trouble;
        write($('trouble'), trouble);
    }
}

function wait(time) {
    const seconds = Math.ceil((time - Date.now()) / 1000);
    return seconds > 0 ? `again in ${seconds} s` : 'trying';
}
