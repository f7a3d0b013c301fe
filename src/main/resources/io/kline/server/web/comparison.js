import { Feed } from './feed.js';

/** Another symbol beside the one shown, as a line in percent. */
export class Comparison {
    #feed;
    #chart;
    #from = Infinity;

    constructor(live, symbol, interval, chart) {
        this.#chart = chart;
        this.#feed = new Feed(live, symbol, interval);
        for (const event of ['load', 'older']) {
            this.#feed.addEventListener(event, () => this.#draw());
        }
        this.#feed.addEventListener('kline', () => chart.compare(this.#feed.series, true, symbol));
        this.#feed.start(0);
    }

    stop() {
        this.#feed.stop();
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
        this.#chart.compare(this.#feed.series, false, this.#feed.symbol);
        this.reachBack(this.#from);
    }
}
