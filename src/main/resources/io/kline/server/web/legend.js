import { write } from './dom.js';
import { showFigures, showStudies, spoken } from './figures.js';

const $ = (id) => document.getElementById(id);

/** The lines over the chart: figures, signs and indicators of the candle that is pointed at, or the last one. What keys point at is said, too. */
export class Legend {
    #chart;
    #shown;
    #pointed = null;

    /** @param shown tells the last kline, its market, and the zone of times */
    constructor(chart, shown) {
        this.#chart = chart;
        this.#shown = shown;
        chart.addEventListener('cursor', ({ detail }) => {
            this.#pointed = detail;
            this.show();
        });
        chart.addEventListener('pointed', ({ detail }) => write($('spoken'), spoken(detail, chart.scale, shown().zone, this.#marks(detail))));
    }

    show() {
        const { last, market, zone } = this.#shown();
        const kline = this.#pointed ?? last;
        const { scale, studyValues } = this.#chart;
        showFigures($('figures'), kline, market, scale, zone, this.#marks(kline));
        showStudies($('study-figures'), studyValues, scale);
        this.#chart.headroom = $('figures').parentElement.offsetHeight;
    }

    /** Of candles that are not shown any more. */
    forget() {
        this.#pointed = null;
        write($('spoken'), '');
    }

    #marks(kline) {
        return this.#chart.marks.filter(({ time }) => time === kline?.t);
    }
}
