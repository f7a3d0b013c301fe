/**
 * Trades of a file, onto the topic of trades.
 *
 * <pre>
 *   ReplayMain ── FeedFile → CsvTrades | JsonLines → Replay → TradeTopic → Kafka
 * </pre>
 */
package io.kline.tools.replay;
