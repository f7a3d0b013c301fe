/**
 * Trades that missed their candle in the live job: each is applied to the stored candle once.
 *
 * <pre>
 *   topic klines ── PickCandles ─┬─ candles ──────── JdbcSink ── MySQL
 *                                ├─ late trades ──── LateTradeWriter ··checkpoint·· Corrector
 *                                │                       one transaction: CorrectCandles ── MySQL, ledger
 *                                │                       then the changed candles ── topic klines
 *                                └─ stored candles ─ Redis            (the changed ones, coming back)
 * </pre>
 *
 * <p>{@link io.kline.late.Correction} and {@link io.kline.late.Ripple} decide; {@link
 * io.kline.late.CorrectCandles} puts them together on a {@link io.kline.late.CandleStore}.
 */
package io.kline.late;
