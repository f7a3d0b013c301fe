/**
 * Recomputes closed candles of a range, compares them with both stores, and repairs these.
 *
 * <pre>
 *   topic, file ── TradeSpool ── TradedMinutes ─┐
 *   MySQL, 1m ────────────────── StoredMinutes ─┴─ ExpectedCandles ─┐
 *   MySQL ── Tables ────────────────────────────────────────────────┼─ SymbolRebuild ── Verdict ── Difference
 *   Redis ── Recent ────────────────────────────────────────────────┘       │
 *                                                  Rebuild: a page of candles at a time, in one transaction
 *
 *   topic of klines ── OnTheWay ─┐
 *   MySQL ── Refill ─────────────┴─► histories in Redis that lack candles
 * </pre>
 *
 * <p>The live job's own {@link io.kline.candle.SymbolCandles} decides which trades count, and when
 * one is late. So a candle, less the late trades of the ledger, is what the live job has counted:
 * the corrector goes on from there.
 *
 * <p>Why it may run beside the jobs:
 *
 * <ul>
 *   <li>A page is read, compared and written under the locks that the corrector takes. The trades
 *       are read to their end behind these locks, so what the table holds is known. A late trade
 *       that comes then finds the rebuilt candle, and its ledger without it.
 *   <li>{@link io.kline.tools.rebuild.Held}: no revision rises of what the live job may still
 *       issue, because the stores would refuse that from then on.
 *   <li>Redis gets candles by the script that compares versions. None becomes the latest where a
 *       live job has a later one.
 * </ul>
 */
package io.kline.tools.rebuild;
