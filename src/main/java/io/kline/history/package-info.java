/**
 * Trades that missed their candle in the live job: each is applied to the stored candle once.
 *
 * <pre>
 *   topic klines ── RouteEvents ─┬─ candles ─────────── JdbcSink ── MySQL
 *                                ├─ late trades ─────── LateTradeWriter ··checkpoint·· Corrector
 *                                │                          one transaction: CorrectCandles ── MySQL, ledger
 *                                │                          then the changed candles ── topic klines
 *                                └─ corrected candles ─ Redis           (the changed ones, coming back)
 *   HealSource ── HealReader ── store.heal: what Redis has lost, from MySQL
 * </pre>
 *
 * <p>{@link io.kline.history.CorrectCandles} decides on a {@link io.kline.history.CandleStore}:
 * {@link io.kline.history.Dispute} what stays as it is, {@link io.kline.history.CarryCloses} and
 * {@link io.kline.history.CarryForward} what follows a new close.
 *
 * <p>Why repetitions and other writers do no harm:
 *
 * <ul>
 *   <li>The live job emits a late trade behind the last version of its candle, so that version is
 *       stored before the trade is applied; whatever comes again has fewer trades than the
 *       corrected row, and the upsert refuses it.
 *   <li>The rows of the late trades stay locked from reading to commit, the gaps of missing ones
 *       included, and the ledger is read behind the lock; so stored executions less those in the
 *       ledger are what the live job counted, in every attempt, batch and repetition.
 *   <li>The flat candles behind are not locked: where the live job writes a traded candle or a
 *       later basis in between, its version is the higher one, in whatever order the two come.
 *   <li>A repeated late trade is carried on again only while it is the last of its candle, and as
 *       far as no stored candle knows better, so it finds what it had left and never undoes
 *       another.
 *   <li>Flat candles end before a candle that the live job has given up or where the symbol rests:
 *       they never reach one that is still forming.
 * </ul>
 */
package io.kline.history;
