/**
 * The windows of a symbol: trades are merged for a third of a second, then folded into the candles
 * of all intervals.
 *
 * <pre>
 *   Trade ── HeldWatermark ── MergeTrades ──► Partial ── FormCandles ──► Candle
 *            never goes back   333 ms          (delta)    all intervals   └──► KlineEvent (closed, late)
 * </pre>
 *
 * <p>Everything here is keyed by symbol, behind one shuffle.
 */
package io.kline.window;
