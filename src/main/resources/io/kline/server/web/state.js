/**
 * What state the page is in, by what has happened to it. Whether the candles shown are current is one thing, whether
 * requests wait another: candles that are current stay "live" while others are asked for in vain.
 *
 * - "loading": candles were asked for, none has come;
 * - "live": they are here, and what changes comes;
 * - "stale": they, or the list without them, are here, but the stream is away, or has come back and what was missed has
 *   not been read, or there is a doubt whether it still tells what changes;
 * - "refused": they are not here, or not current, and the server asks to wait;
 * - "away": the same, and the server does not answer, or cannot;
 * - "notfound": there is no such symbol.
 *
 * Event: "change" when it is another one.
 */
export class PageState extends EventTarget {
    #isKnown = true;
    #isLoaded = false;
    #isConnected = false;
    /** Whether all that was sent since the candles were read has been heard. */
    #isCurrent = false;
    #doubts = new Map();
    #trouble = null;

    get name() {
        if (!this.#isKnown) {
            return 'notfound';
        }
        if (this.#isCurrent && this.#doubts.size === 0) {
            return 'live';
        }
        return this.#trouble ?? (this.#isLoaded ? 'stale' : 'loading');
    }

    /** Why what is shown may be old although the stream is there, or undefined. */
    get doubt() {
        return [...this.#doubts.values()][0];
    }

    /** Other candles are asked for. */
    opened() {
        this.#change(() => {
            this.#isKnown = true;
            this.#isLoaded = false;
            this.#isCurrent = false;
        });
    }

    /** All of them were read. */
    loaded() {
        this.#change(() => {
            this.#isKnown = true;
            this.#isLoaded = true;
            this.#isCurrent = this.#isConnected;
        });
    }

    /** The server does not know the symbol. */
    unknown() {
        this.#change(() => (this.#isKnown = false));
    }

    /** The stream is there, or is not. */
    connected(isConnected) {
        this.#change(() => {
            this.#isConnected = isConnected;
            this.#isCurrent &&= isConnected;
        });
    }

    /** Somebody has a reason to think that what is shown is old, or none any more: null. */
    doubted(by, reason) {
        this.#change(() => (reason ? this.#doubts.set(by, reason) : this.#doubts.delete(by)));
    }

    /** Requests wait because the server is "refused" or "away"; null when they do not. */
    troubled(kind) {
        this.#change(() => (this.#trouble = kind));
    }

    #change(happen) {
        const before = `${this.name} ${this.doubt}`;
        happen();
        if (`${this.name} ${this.doubt}` !== before) {
            this.dispatchEvent(new Event('change'));
        }
    }
}
