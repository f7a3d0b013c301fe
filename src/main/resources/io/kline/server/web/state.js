/**
 * What state the page is in, by what has happened to it:
 *
 * - "loading": candles were asked for, none has come;
 * - "live": they are here, and what changes comes;
 * - "stale": they are here, but the stream is away, or has come back and what was missed has not been read;
 * - "refused": the server asks to wait;
 * - "away": the server does not answer, or cannot;
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
    #trouble = null;

    get name() {
        if (!this.#isKnown) {
            return 'notfound';
        }
        if (this.#trouble) {
            return this.#trouble;
        }
        if (!this.#isLoaded) {
            return 'loading';
        }
        return this.#isConnected && this.#isCurrent ? 'live' : 'stale';
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

    /** Requests wait because the server is "refused" or "away"; null when they do not. */
    troubled(kind) {
        this.#change(() => (this.#trouble = kind));
    }

    #change(happen) {
        const before = this.name;
        happen();
        if (this.name !== before) {
            this.dispatchEvent(new Event('change'));
        }
    }
}
