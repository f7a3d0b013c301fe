/**
 * The server's stream of klines over one WebSocket. It connects again by itself, waiting longer from time to time, and
 * subscribes again.
 *
 * Events: "open" when connected and subscribed; "lost" when not; "waiting" with `detail` the time of the next attempt.
 */
export class Live extends EventTarget {
    #socket = null;
    #listeners = new Map();
    #answers = new Map();
    #attempts = 0;
    #nextId = 1;
    #timer = 0;
    #heartbeat = 0;
    isOpen = false;

    constructor(url) {
        super();
        this.url = url;
        addEventListener('online', () => this.retry());
        document.addEventListener('visibilitychange', () => document.hidden || this.#check());
    }

    /** Starts a connection now, unless there is one. */
    retry() {
        if (this.#socket) {
            return;
        }
        clearTimeout(this.#timer);
        const socket = new WebSocket(this.url);
        this.#socket = socket;
        socket.onopen = () => this.#opened();
        socket.onmessage = (message) => this.#received(JSON.parse(message.data));
        socket.onclose = () => this.#closed(socket);
        this.#timer = setTimeout(() => this.isOpen || this.#closed(socket), 8000);
    }

    /** Hands every kline to the listener, corrected ones too. Resolves when the server has confirmed; not while it is away. */
    async listen(symbol, interval, listener) {
        const stream = streamOf(symbol, interval);
        this.#listeners.set(stream, listener);
        if (this.#socket?.readyState === WebSocket.OPEN) {
            await this.#ask('SUBSCRIBE', withCorrections(stream));
        }
    }

    leave(symbol, interval) {
        const stream = streamOf(symbol, interval);
        this.#listeners.delete(stream);
        if (this.#socket?.readyState === WebSocket.OPEN) {
            this.#ask('UNSUBSCRIBE', withCorrections(stream)).catch(() => {});
        }
    }

    async #opened() {
        const socket = this.#socket;
        try {
            if (this.#listeners.size > 0) {
                await this.#ask('SUBSCRIBE', [...this.#listeners.keys()].flatMap(withCorrections));
            }
        } catch {
            this.#closed(socket);
            return;
        }
        clearTimeout(this.#timer);
        this.isOpen = true;
        this.#attempts = 0;
        this.#heartbeat = setInterval(() => this.#check(), 10_000);
        this.dispatchEvent(new Event('open'));
    }

    /** A connection that died silently answers nothing. */
    #check() {
        const socket = this.#socket;
        if (!this.isOpen) {
            this.retry();
        } else {
            this.#ask('LIST_SUBSCRIPTIONS').catch(() => this.#closed(socket));
        }
    }

    #ask(method, params) {
        const id = this.#nextId++;
        this.#socket.send(JSON.stringify(params ? { method, params, id } : { method, id }));
        return new Promise((resolve, reject) => {
            const timer = setTimeout(() => reject(new Error(`${method} was not answered`)), 5000);
            this.#answers.set(id, (answer) => {
                clearTimeout(timer);
                this.#answers.delete(id);
                answer.error ? reject(new Error(answer.error.msg)) : resolve(answer.result);
            });
        });
    }

    #received(message) {
        if (message.e === 'kline' || message.e === 'correction') {
            this.#listeners.get(streamOf(message.s, message.k.i))?.(message.k);
        } else {
            this.#answers.get(message.id)?.(message);
        }
    }

    #closed(socket) {
        if (socket !== this.#socket) {
            return;
        }
        this.#socket = null;
        this.isOpen = false;
        clearInterval(this.#heartbeat);
        clearTimeout(this.#timer);
        this.#answers.clear();
        socket.onclose = null;
        socket.close();
        const wait = Math.min(15_000, 500 * 2 ** this.#attempts++) * (0.75 + Math.random() / 2);
        this.#timer = setTimeout(() => this.retry(), wait);
        this.dispatchEvent(new Event('lost'));
        this.dispatchEvent(new CustomEvent('waiting', { detail: Date.now() + wait }));
    }
}

function streamOf(symbol, interval) {
    return `${symbol.toLowerCase()}@kline_${interval}`;
}

/** The stream, and that of candles before its newest one. */
function withCorrections(stream) {
    return [stream, stream.replace('@kline_', '@correction_')];
}
