/**
 * Figures of windows, made of candles of a minute.
 *
 * <pre>
 *   stores ────── WindowLoader ──┐                    ┌─ DayTickerApi     24 hours, last price
 *   Redis pub/sub ── TickerBoard ┴── RollingWindow ───┤
 *                                    one per symbol   └─ streams, once a second
 *   stores ────── WindowQuery ─── CandleFold ─────────── WindowTickerApi  any window, average price
 * </pre>
 *
 * The board costs the same per candle whatever a window holds. What is not on it yet, and every
 * other window, is read when it is asked for.
 */
package io.kline.server.ticker;
