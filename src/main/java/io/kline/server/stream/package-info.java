/**
 * Live candles: from Redis channels to WebSocket clients.
 *
 * <pre>
 *   Redis pub/sub ─ RedisFeed ─ Streams ─ LiveSeries ─ CandleOrder ─ StreamMessage ─ StreamClient
 *        stores ─ MissedCandles ┘ one per channel ┘                                 one per connection
 * </pre>
 *
 * One subscription to each Redis node for all clients; a candle is written once for all of them.
 * What was missed before a channel was subscribed to, and while Redis was away, is read from the
 * stores.
 */
package io.kline.server.stream;
