/**
 * Trades of a file, onto the topic of trades.
 *
 * <pre>
 *   FileOptions ── FeedFile → CsvTrades (LayoutChoice, CsvRow) | JsonLines (TradeLine) ── Timeline
 *   ReplayMain ─── RecordSource → Replay (ReplayPace, JobVerdict) → TradeTopic → Kafka
 *                                    └→ ReplayReport: jumps, lines that are no trades
 * </pre>
 */
package io.kline.tools.replay;
