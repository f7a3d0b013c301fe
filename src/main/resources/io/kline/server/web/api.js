/* What the server answers over HTTP. */
import { Passing, Patience } from './patience.js';
import { Weight } from './weight.js';

/** Klines of one answer, at most. */
export const PAGE = 1000;

/** What all requests wait in. */
export const patience = new Patience();

/** What of the server's weight is used. */
export const weight = new Weight();

const LONGEST = 10_000;
const UNKNOWN_SYMBOL = -1121;
const REFUSALS = [418, 429];

/** A request that the server will never answer. */
export class Invalid extends Error {
    constructor(message, code) {
        super(message);
        this.isUnknownSymbol = code === UNKNOWN_SYMBOL;
    }
}

/** @param isGlance whether nobody waits for it */
function get(path, parameters = {}, { signal, isGlance = false } = {}) {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined));
    const request = () => send(`${path}?${query}`, signal);
    return isGlance ? patience.glance(request) : patience.ask(request, signal);
}

async function send(address, signal) {
    const timeout = AbortSignal.timeout(LONGEST);
    let response;
    let body;
    try {
        response = await fetch(address, { signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
        weight.tell(response.headers.get('X-MBX-USED-WEIGHT-1M'));
        body = await response.json().catch((error) => {
            if (response.ok) {
                throw error;
            }
            return {};
        });
    } catch (error) {
        signal?.throwIfAborted();
        throw new Passing('away', 'The server cannot be reached.');
    }
    if (response.ok) {
        return body;
    }
    const message = body.msg ?? `The server answers ${response.status}.`;
    const retryAfter = 1000 * (parseInt(response.headers.get('Retry-After'), 10) || 0);
    if (REFUSALS.includes(response.status)) {
        weight.refused();
        throw new Passing('refused', 'The server asks this page to wait: too many requests came from here.', retryAfter);
    }
    if (response.status >= 500) {
        throw new Passing('away', message, retryAfter);
    }
    throw new Invalid(message, body.code);
}

/** The intervals that are kept, and the zone their candles are aligned in. */
export const config = () => get('api/v1/config');

/** How far the server's clock is ahead of this machine's, ms; a slow answer was right about half way. */
export const clockAhead = () =>
    patience.glance(async () => {
        const before = Date.now();
        const { serverTime } = await send('api/v3/time');
        return serverTime - (before + Date.now()) / 2;
    });

/** Symbols with their base and quote assets. */
export async function symbols(options) {
    const { symbols: all, rateLimits } = await get('api/v3/exchangeInfo', {}, options);
    weight.limit = rateLimits?.find(({ rateLimitType }) => rateLimitType === 'REQUEST_WEIGHT')?.limit ?? Infinity;
    return all;
}

/** The latest kline of every symbol. */
export const latest = async (interval, options) => (await get('api/v1/klines/latest', { interval }, options)).klines;

/**
 * Klines, oldest first: with a start those from there on, without one the newest up to the end.
 *
 * @param isGlance whether nobody waits for them
 * @returns klines, and the stores that are missing in them
 */
export const klines = (symbol, interval, { startTime, endTime, limit = PAGE, ...options } = {}) =>
    get('api/v1/klines', { symbol, interval, startTime, endTime, limit }, options);

/** Trades that came too late and corrected stored candles. MySQL alone knows them: where it is away the page goes on without. */
export const corrections = async (symbol, interval, startTime, signal) =>
    (await get('api/v1/corrections', { symbol, interval, startTime, limit: PAGE }, { signal, isGlance: true })).corrections;

/** Which of some stores cannot be reached; all of them if the server does not say. */
export async function storesAway(stores) {
    const health = await healthOf();
    return stores.filter((store) => health.stores?.[store]?.up !== true);
}

/** Whether candles come to the server from Redis; undefined if it does not say. */
export const isLive = async () => (await healthOf()).live;

/** What the server says of itself, also while no store is up; nothing if it does not answer. */
async function healthOf() {
    try {
        return await (await fetch('health', { signal: AbortSignal.timeout(LONGEST) })).json();
    } catch {
        return {};
    }
}
