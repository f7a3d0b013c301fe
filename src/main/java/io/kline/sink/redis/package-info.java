/**
 * Candles into Redis: the latest kline of every symbol and interval, its recent history, and a
 * message for each change.
 *
 * <pre>
 *   task thread                                               one thread per server
 *   write ── Lanes ── Lane ── Outbox ── a Batch at a time ──── KlineScript ── RedisConnection ── Redis
 *   snapshotState ─────────────┘   ▲ not written: again, later                      │
 *                                  └── FailurePolicy ── mailbox ── a Reply per Call ──┘
 *              AcknowledgedCandles ┘ once more, when Redis may have lost them
 * </pre>
 *
 * <p>A candle leaves the writer's state when Redis has answered for it, so nothing waits for Redis:
 * no record, no checkpoint. Until then it is kept as few bytes, of which there is a limit. The
 * script refuses to go back in version, so anything may be repeated.
 */
package io.kline.sink.redis;
