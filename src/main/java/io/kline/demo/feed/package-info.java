/**
 * Trades for the {@code trades} topic, from a file or made up.
 *
 * <pre>
 * FeedFile → CsvTrades | JsonLines → Replay ──────┐
 *                                                 ├→ TradeTopic → Kafka
 * Instruments → Market → Generator → GeneratorFeed┘
 * </pre>
 */
package io.kline.demo.feed;
