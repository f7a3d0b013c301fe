/**
 * Recomputes closed candles of a range and compares them with both stores: {@code rebuild.sh}.
 *
 * <pre>
 *   topic or file ── TradeSpool ── TradedMinutes ─┐
 *   table, 1m ──────────────────── StoredMinutes ─┴─ ExpectedCandles ─┐
 *   MySQL ── Tables ─────────────────────────────── Page ─────────────┼─ Verdict ── Findings
 *   Redis ── Recent ──────────────────────────────────────────────────┘     └─ Repair
 * </pre>
 *
 * <p>Which trades count, and which of them the live job left to the corrector, is decided by the
 * live job's own {@link io.kline.candle.SymbolCandles}. {@link io.kline.tools.rebuild.Repair}
 * changes a page in one transaction, under the locks that the corrector takes. It reads the trades
 * to their end behind the locks, so no trade that the table holds is unknown to it.
 */
package io.kline.tools.rebuild;
