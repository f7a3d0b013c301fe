/**
 * Live candles: from Redis channels to WebSocket clients.
 *
 * <pre>
 *   Redis pub/sub ─ RedisFeed ─ Streams ─ LiveSeries ─ CandleOrder ─ StreamMessage ─ StreamClient
 *                               one per channel ┘                                    one per connection
 * </pre>
 *
 * One subscription to each Redis node for all clients; a candle is written once for all of them.
 */
package io.kline.server.stream;
