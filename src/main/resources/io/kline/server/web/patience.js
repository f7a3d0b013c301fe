const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30_000;

/** A request that may succeed later. */
export class Passing extends Error {
    /**
     * @param kind "refused" if the server asks to wait, "away" if it cannot answer, "waiting" if it was not asked
     * @param retryAfter ms, as far as the server has said
     */
    constructor(kind, message, retryAfter = 0) {
        super(message);
        this.kind = kind;
        this.retryAfter = retryAfter;
    }
}

/**
 * The one chain of retries of all requests that somebody waits for. After a passing failure nothing is sent until the
 * wait is over: as long as the server says, otherwise twice as long each time; some part of it is random, so that pages
 * do not come back at once. Then a single request tries, and the others follow when it is answered.
 *
 * What nobody waits for is only glanced at: once, and never while others wait.
 *
 * Event: "change" when it begins to wait, waits anew, or is through, and when somebody begins or ceases to wait.
 */
export class Patience extends EventTarget {
    /** The last failure, until a request is answered, or null. */
    trouble = null;
    /** When the next request may be sent. */
    until = 0;
    #failures = 0;
    #attempt = null;
    #waiting = 0;
    #wake = () => {};

    /** The failure that somebody waits for, or null. */
    get awaited() {
        return this.#waiting > 0 ? this.trouble : null;
    }

    /** Asks until there is an answer, or a failure that does not pass. */
    async ask(request, signal) {
        let isWaiting = false;
        try {
            while (true) {
                signal?.throwIfAborted();
                if (this.trouble && !isWaiting) {
                    isWaiting = true;
                    this.#count(1);
                }
                try {
                    if (this.#attempt) {
                        await orAborted(this.#attempt, signal);
                    } else if (this.trouble) {
                        return await this.#try(request, signal);
                    } else {
                        return await this.#send(request);
                    }
                } catch (error) {
                    pass(error);
                    // Others go first: what is asked may be what one store alone could answer.
                    await new Promise((resolve) => setTimeout(resolve));
                }
            }
        } finally {
            if (isWaiting) {
                this.#count(-1);
            }
        }
    }

    /**
     * Asks once, unless others wait. That the server refuses holds for all requests; another failure is this one's.
     * So the first failure of others says nothing of this one. While they try again in vain, nobody knows more.
     */
    async glance(request) {
        if (this.#attempt || (this.trouble && Date.now() < this.until)) {
            throw new Passing(this.#failures > 1 ? this.trouble.kind : 'waiting', 'Others wait.');
        }
        return this.trouble ? this.#try(request) : this.#send(request, { isGlance: true });
    }

    /** Tries now, unless the server has asked to wait. */
    hurry() {
        if (this.trouble?.kind === 'away') {
            this.until = Date.now();
            this.#wake();
        }
    }

    /** The single request that tries. */
    async #try(request, signal) {
        const { promise, resolve } = deferred();
        this.#attempt = promise;
        try {
            await this.#wait(signal);
            signal?.throwIfAborted();
            return await this.#send(request, { isAttempt: true });
        } finally {
            this.#attempt = null;
            resolve();
        }
    }

    async #send(request, { isAttempt = false, isGlance = false } = {}) {
        try {
            const answer = await request();
            this.#through(isAttempt);
            return answer;
        } catch (error) {
            if (error instanceof Passing) {
                if (!isGlance || error.kind === 'refused') {
                    this.#failed(error, isAttempt);
                }
            } else if (error.name !== 'AbortError') {
                this.#through(isAttempt);
            }
            throw error;
        }
    }

    #count(change) {
        const before = this.#waiting;
        this.#waiting += change;
        if (before === 0 || this.#waiting === 0) {
            this.dispatchEvent(new Event('change'));
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

/** Rejects if it is aborted meanwhile. */
async function orAborted(promise, signal) {
    const { promise: aborted, resolve } = deferred();
    signal?.addEventListener('abort', resolve, { once: true });
    await Promise.race([promise, aborted]);
    signal?.removeEventListener('abort', resolve);
    signal?.throwIfAborted();
}

function deferred() {
    let resolve;
    const promise = new Promise((done) => (resolve = done));
    return { promise, resolve };
}
