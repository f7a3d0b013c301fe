/** The stretches of time whose candles may be missing, each with the stores that lacked in its answer. The last read of a time decides. */
export class Missing {
    #stretches = [];

    /** Tells which stores lacked in an answer, and from which time to which it was asked for. */
    tell(from, to, stores) {
        const others = [];
        for (const one of this.#stretches) {
            if (one.from < from) {
                others.push({ ...one, to: Math.min(one.to, from - 1) });
            }
            if (one.to > to) {
                others.push({ ...one, from: Math.max(one.from, to + 1) });
            }
        }
        this.#stretches = stores.length > 0 ? [...others, { from, to, stores }] : others;
    }

    /** Each store once, in the order of their names. */
    get stores() {
        return [...new Set(this.#stretches.flatMap(({ stores }) => stores))].sort();
    }

    /** Those that lack at a time. */
    at(time) {
        return this.#stretches.find(({ from, to }) => from <= time && time <= to)?.stores ?? [];
    }

    /** The end of the newest stretch, if there is any. */
    get end() {
        return this.#stretches.length > 0 ? Math.max(...this.#stretches.map(({ to }) => to)) : undefined;
    }
}
