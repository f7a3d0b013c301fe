/** So long what an answer told of the weight used counts, ms. */
const MINUTE = 60_000;

/** What the server allows this address in a minute, and how much of it is used, as far as its answers tell. */
export class Weight {
    limit = Infinity;
    #used = 0;
    #toldAt = -Infinity;

    /** @param used as the header of an answer has it, or null */
    tell(used) {
        if (used !== null) {
            this.#used = Number(used);
            this.#toldAt = Date.now();
        }
    }

    /** Whether more than a share of it is used. */
    isAbove(share) {
        return Date.now() - this.#toldAt < MINUTE && this.#used > this.limit * share;
    }
}
