const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** A request that may succeed later. */
export class Passing extends Error {
    /**
     * @param kind "refused" if the server asks to wait, "away" if it cannot answer
     * @param retryAfter ms, as far as the server has said
     */
    constructor(kind, message, retryAfter = 0) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }
}

/**
 * The one chain of retries of all requests. After a passing failure nothing is sent until the wait is over: as long as
 * the server says, otherwise twice as long each time; some part of it is random, so that pages do not come back at
 * once. Then a single request tries, and the others follow when it is answered.
 *
 * Event: "change" when it begins to wait, waits anew, or is through.
 */
export class Patience extends EventTarget {
    /** The failure that is waited for, or null. */
    trouble = null;
    /** When the next request may be sent. */
    until = 0;
    #failures = 0;
    #attempt = null;
    #wake = () => {};

    /** Asks until there is an answer, or a failure that does not pass. */
    async ask(request, signal) {
        while (true) {
            signal?.throwIfAborted();
            if (this.#attempt) {
                await this.#attempt;
            } else if (this.trouble) {
                const { promise, resolve } = deferred();
                this.#attempt = promise;
                try {
                    await this.#wait(signal);
                    signal?.throwIfAborted();
                    return await this.#send(request, true);
                } catch (error) {
                    pass(error);
                } finally {
                    this.#attempt = null;
                    resolve();
                }
                // Others go first: what is asked may be what one store alone could answer.
                await undefined;
            } else {
                try {
                    return await this.#send(request, false);
                } catch (error) {
                    pass(error);
                }
            }
        }
    }

    /** Tries now, unless the server has asked to wait. */
    hurry() {
        if (this.trouble?.kind === 'away') {
            this.until = Date.now();
            this.#wake();
        }
    }

    async #send(request, isAttempt) {
        try {
            const answer = await request();
            this.#through(isAttempt);
            return answer;
        } catch (error) {
            if (error instanceof Passing) {
                this.#failed(error, isAttempt);
            } else if (error.name !== 'AbortError') {
                this.#through(isAttempt);
            }
            throw error;
        }
    }

    #through(isAttempt) {
        if (isAttempt) {
            this.trouble = null;
            this.#failures = 0;
            this.dispatchEvent(new Event('change'));
        }
    }

    /** Requests that were under way when the first one failed do not lengthen the wait. */
    #failed(error, isAttempt) {
        const isFirst = this.trouble === null;
        if (isAttempt || isFirst) {
            const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#failures++) * (0.5 + Math.random() / 2);
            this.until = Date.now() + (error.retryAfter > 0 ? error.retryAfter + Math.random() * FIRST_WAIT : 0);
            this.until = Math.max(this.until, Date.now() + wait);
            this.trouble = error;
            this.dispatchEvent(new Event('change'));
        }
    }

    async #wait(signal) {
        while (Date.now() < this.until && !signal?.aborted) {
            const { promise, resolve } = deferred();
            this.#wake = resolve;
            const timer = setTimeout(resolve, this.until - Date.now());
            signal?.addEventListener('abort', resolve, { once: true });
            await promise;
            clearTimeout(timer);
            signal?.removeEventListener('abort', resolve);
        }
    }
}

function pass(error) {
    if (!(error instanceof Passing)) {
        throw error;
    }
}

function deferred() {
    let resolve;
    const promise = new Promise((done) => (resolve = done));
    return { promise, resolve };
}
