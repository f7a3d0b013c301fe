import { Zone } from './clock.js';
import { defaultHorzScaleBehavior } from './lib/lightweight-charts.js';

/** The library's axis of times, in s since 1970, with labels where a day or an hour begins in a zone. */
export class ZonedTimeScale extends defaultHorzScaleBehavior() {
    #zone = Zone.fixed('Z');
    #turn = 0;

    get zone() {
        return this.#zone;
    }

    set zone(zone) {
        this.#turn += this.#zone !== zone;
        this.#zone = zone;
    }

    /** The library keeps labels, which are of a zone. */
    cacheKey(time) {
        return `${this.#turn} ${super.cacheKey(time)}`;
    }

    fillWeightsForPoints(points, start) {
        for (let index = start; index < points.length; index++) {
            const time = timeOf(points[index]);
            const before = index > 0 ? timeOf(points[index - 1]) : 2 * time - timeOf(points[index + 1] ?? points[index]);
            points[index].timeWeight = this.zone.rank(before, time);
        }
    }

    formatTickmark(mark) {
        return this.zone.label(timeOf(mark), mark.weight);
    }
}

const timeOf = ({ originalTime }) => originalTime * 1000;
