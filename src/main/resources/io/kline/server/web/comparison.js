import { inNextFrame } from './dom.js';
import { Feed } from './feed.js';

/**
 * Another symbol beside the one shown, as a line in percent.
 *
 * Event: "note" with `detail` what is to be said of it, or null.
 */
export class Comparison extends EventTarget {
    #feed;
    #chart;
    #from = Infinity;

    /** @param wait before it begins, ms */
    constructor(live, symbol, interval, chart, wait) {
        super();
        this.#chart = chart;
        this.#feed = new Feed(live, symbol, interval);
        for (const event of ['load', 'older']) {
            this.#feed.addEventListener(event, () => this.#draw());
        }
        const draw = inNextFrame(() => this.#draw());
        this.#feed.addEventListener('change', draw);
        this.#feed.addEventListener('kline', () => chart.compareLast(this.#feed.series));
        this.#feed.addEventListener('unknown', () => this.#note(`There is no symbol ${symbol} to compare with.`));
        this.#feed.addEventListener('trouble', ({ detail }) => this.#note(detail && `${symbol}: ${detail}`));
        this.#feed.start(wait);
    }

    stop() {
        this.#feed.stop();
        this.#feed = null;
        this.#chart.compare(null);
    }

    /** Reads back to a time. */
    reachBack(time) {
        this.#from = time;
        if (this.#feed.series.first?.t > time) {
            this.#feed.loadOlder();
        }
    }

    #draw() {
        if (this.#feed) {
            this.#chart.compare(this.#feed.series, this.#feed.symbol);
            this.reachBack(this.#from);
        }
    }

    #note(text) {
        this.dispatchEvent(new CustomEvent('note', { detail: text }));
    }
}
