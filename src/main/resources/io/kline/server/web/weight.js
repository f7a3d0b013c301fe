/** In so long all weight is free again, ms. */
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

    /** The server has refused a request. */
    refused() {
        this.#used = this.limit;
        this.#toldAt = Date.now();
    }

    /** Whether more than a share of it is used: what has become free since the last answer is not. */
    isAbove(share) {
        const freed = (this.limit * (Date.now() - this.#toldAt)) / MINUTE;
        return this.#used - freed > this.limit * share;
    }
}
