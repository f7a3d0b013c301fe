/* What the server answers over HTTP. */

/** Klines of one answer, at most. */
export const PAGE = 1000;

const PATIENCE = 10_000;

async function get(path, parameters = {}) {
    const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== undefined));
    const response = await fetch(`${path}?${query}`, { signal: AbortSignal.timeout(PATIENCE) });
    const body = await response.json().catch(() => ({}));
    if (!response.ok) {
        throw new Error(body.msg ?? `The server answers ${response.status}.`);
    }
    return body;
}

/** The intervals that are kept, and the zone their candles are aligned in. */
export const config = () => get('api/v1/config');

/** Symbols with their base and quote assets. */
export const symbols = async () => (await get('api/v3/exchangeInfo')).symbols;

/** The latest kline of every symbol. */
export const latest = async (interval) => (await get('api/v1/klines/latest', { interval })).klines;

/**
 * Klines, oldest first: with a start those from there on, without one the newest up to the end.
 *
 * @returns klines, and the stores that are missing in them
 */
export const klines = (symbol, interval, { startTime, endTime, limit = PAGE } = {}) =>
    get('api/v1/klines', { symbol, interval, startTime, endTime, limit });

/** Trades that came too late and corrected stored candles. */
export const corrections = async (symbol, interval, startTime) =>
    (await get('api/v1/corrections', { symbol, interval, startTime, limit: PAGE })).corrections;
