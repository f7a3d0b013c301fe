/** Between two messages to the server, ms: it closes connections that send more than five a second, pongs included. */
const PACE = 350;
const HEARTBEAT = 10_000;
const ANSWER = 5000;
const HANDSHAKE = 8000;
const LONGEST_WAIT = 15_000;
const TICKERS = '!miniTicker@arr';
/** What refuses a subscription when others behind the same address have asked for too much. */
const TOO_MANY = -1003;

/**
 * The server's streams of klines and tickers over one WebSocket. It connects again by itself, waiting longer from time to time, and
 * subscribes again. However fast streams are wanted and no longer wanted, only what is left of it is sent.
 *
 * Events: "open" when connected and subscribed; "lost" when not; "silent" when nothing was heard for too long, as after a
 * sleep of the machine, and "heard" when there is something again; "time" with `detail` when a message was sent, ms.
 */
export class Live extends EventTarget {
    isOpen = false;
    /** When the next attempt to connect is made. */
    until = 0;
    #patience;
    #socket = null;
    #listeners = new Map();
    #followed = new Set();
    #waiting = [];
    #asked = null;
    #attempts = 0;
    #nextId = 1;
    #lastSent = 0;
    #nextCheck = 0;
    #timer = 0;
    #pump = 0;
    #heartbeat = 0;
    #isOneByOne = false;
    #heardAt = 0;
    #isSilent = false;

    /** @param patience what requests wait in: a server that asks to wait is not connected to, either */
    constructor(url, patience) {
        super();
        this.url = url;
        this.#patience = patience;
        addEventListener('online', () => this.retry());
        document.addEventListener('visibilitychange', () => document.hidden || this.#check());
    }

    /** Starts a connection now, unless there is one, or the server has asked to wait. */
    retry() {
        if (this.#socket) {
            return;
        }
        clearTimeout(this.#timer);
        const { trouble, until } = this.#patience;
        if (trouble?.kind === 'refused' && Date.now() < until) {
            this.#retryAt(until);
            return;
        }
        const socket = new WebSocket(this.url);
        this.#socket = socket;
        this.#heardAt = Date.now();
        socket.onopen = () => this.#send();
        socket.onmessage = (message) => {
            this.#hear();
            this.#received(JSON.parse(message.data));
        };
        socket.onclose = () => this.#closed(socket);
        this.#timer = setTimeout(() => this.isOpen || this.#closed(socket), HANDSHAKE);
    }

    /** Hands every kline to the listener, corrected ones too. Resolves when the server has confirmed, or is away. */
    listen(symbol, interval, listener) {
        return this.#follow(streamOf(symbol, interval), listener);
    }

    /** Hands arrays of tickers to the listener: first all, then what has changed within a second. */
    listenToTickers(listener) {
        return this.#follow(TICKERS, listener);
    }

    #follow(stream, listener) {
        this.#listeners.set(stream, listener);
        return new Promise((resolve) => {
            this.#waiting.push({ stream, resolve });
            this.#settle();
            this.#send();
        });
    }

    leave(symbol, interval) {
        this.#listeners.delete(streamOf(symbol, interval));
        this.#settle();
        this.#send();
    }

    /** Sends the next message, when it is due and the one before is answered. */
    #send() {
        if (this.#socket?.readyState !== WebSocket.OPEN || this.#asked || this.#pump) {
            return;
        }
        const next = this.#next();
        if (!next) {
            this.isOpen || this.#opened();
            return;
        }
        const wait = this.#lastSent + PACE - Date.now();
        if (wait > 0) {
            this.#pump = setTimeout(() => {
                this.#pump = 0;
                this.#send();
            }, wait);
            return;
        }
        const socket = this.#socket;
        const id = this.#nextId++;
        this.#lastSent = Date.now();
        this.#asked = { id, ...next, timer: setTimeout(() => this.#closed(socket), ANSWER) };
        const { method, streams } = next;
        socket.send(JSON.stringify({ method, params: streams?.flatMap(withCorrections), id }));
    }

    #next() {
        const wanted = [...this.#listeners.keys()].filter((stream) => !this.#followed.has(stream));
        if (wanted.length > 0) {
            return { method: 'SUBSCRIBE', streams: this.#isOneByOne ? wanted.slice(0, 1) : wanted };
        }
        const unwanted = [...this.#followed].filter((stream) => !this.#listeners.has(stream));
        if (unwanted.length > 0) {
            return { method: 'UNSUBSCRIBE', streams: unwanted };
        }
        return this.isOpen && Date.now() >= this.#nextCheck ? { method: 'LIST_SUBSCRIPTIONS' } : null;
    }

    #answered(error) {
        const { method, streams, timer } = this.#asked;
        if (error?.code === TOO_MANY) {
            // Whoever waits for the next attempt to connect has waited long enough.
            this.#closed(this.#socket);
            return;
        }
        clearTimeout(timer);
        this.#asked = null;
        this.#nextCheck = Date.now() + HEARTBEAT - PACE;
        if (error && streams?.length > 1) {
            // One of them is refused, and all with it.
            this.#isOneByOne = true;
            this.#send();
            return;
        }
        // A stream that is refused has nothing to send; asking again would not help.
        streams?.forEach((stream) => (method === 'SUBSCRIBE' ? this.#followed.add(stream) : this.#followed.delete(stream)));
        this.#settle();
        this.#send();
    }

    /** Lets those go on whose stream is followed, or is not going to be. */
    #settle() {
        const isSettled = ({ stream }) => !this.isOpen || this.#followed.has(stream) || !this.#listeners.has(stream);
        this.#waiting.filter(isSettled).forEach(({ resolve }) => resolve());
        this.#waiting = this.#waiting.filter((one) => !isSettled(one));
    }

    #opened() {
        clearTimeout(this.#timer);
        this.isOpen = true;
        this.#attempts = 0;
        this.#nextCheck = Date.now() + HEARTBEAT - PACE;
        this.#heartbeat = setInterval(() => this.#send(), HEARTBEAT);
        this.dispatchEvent(new Event('open'));
        this.#send();
    }

    /** A connection that died silently answers nothing. */
    #check() {
        this.#nextCheck = 0;
        if (this.isOpen && Date.now() - this.#heardAt > HEARTBEAT + ANSWER) {
            this.#isSilent = true;
            this.dispatchEvent(new Event('silent'));
        }
        this.#socket ? this.#send() : this.retry();
    }

    #hear() {
        this.#heardAt = Date.now();
        if (this.#isSilent) {
            this.#isSilent = false;
            this.dispatchEvent(new Event('heard'));
        }
    }

    #received(message) {
        if (Array.isArray(message)) {
            this.#listeners.get(TICKERS)?.(message);
        } else if (message.e === 'kline' || message.e === 'correction') {
            this.dispatchEvent(new CustomEvent('time', { detail: message.E }));
            this.#listeners.get(streamOf(message.s, message.k.i))?.(message.k);
        } else if (this.#asked && message.id === this.#asked.id) {
            this.#answered(message.error);
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
        clearTimeout(this.#pump);
        clearTimeout(this.#asked?.timer);
        this.#pump = 0;
        this.#asked = null;
        this.#followed.clear();
        this.#settle();
        socket.onclose = null;
        socket.close();
        this.#retryAt(Date.now() + Math.min(LONGEST_WAIT, 500 * 2 ** this.#attempts++) * (0.75 + Math.random() / 2));
        this.dispatchEvent(new Event('lost'));
        this.#hear();
    }

    #retryAt(time) {
        this.until = time;
        this.#timer = setTimeout(() => this.retry(), time - Date.now() + (1 + Math.random()) * 100);
    }
}

function streamOf(symbol, interval) {
    return `${symbol.toLowerCase()}@kline_${interval}`;
}

/** The stream, and of klines that of candles before its newest one. */
function withCorrections(stream) {
    return stream === TICKERS ? [stream] : [stream, stream.replace('@kline_', '@correction_')];
}
