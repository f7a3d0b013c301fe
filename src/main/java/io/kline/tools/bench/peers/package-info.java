/**
 * Other ways to make candles of the same records, each tuned as its documentation says, for the
 * benchmarks to compare with. Each runs in a process of its own, reads a topic once, and writes its
 * last candles of a minute to a file, which shows what it got wrong.
 *
 * <pre>
 *   PeerMain ─┬─ SqlTumble, SqlGroupBy ── SqlTrades → MinuteCandleSink ─────────┐
 *             ├─ Textbook, TextbookRestore ── TextbookJob → MinuteCandleSink ───┤
 *             ├─ KafkaStreamsPeer ──────────────────────────────────────────────┼→ MinuteCandles
 *             ├─ HashMapConsumer ── Partitions ── SymbolMap → RedisCandles ─────┤
 *             └─ Classic ── Partitions ── ClassicReader → RedisCandles, MySQL ──┘
 *   RecordsRead   counts in every consumer, and marks the end of the warm-up
 * </pre>
 */
package io.kline.tools.bench.peers;
