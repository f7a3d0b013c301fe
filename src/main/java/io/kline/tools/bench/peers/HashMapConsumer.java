package io.kline.tools.bench.peers;

/**
 * What Flink costs: a consumer with a hash map of symbols, and nothing between Kafka and the
 * candles. Parser, core, merge of 333 ms, script and intervals are ours. It writes to Redis where
 * there is one, as the live job does, and to no topic and no table.
 *
 * <p>It differs from ours: no checkpoint. After a crash it begins anew, or loses and repeats trades
 * around its last committed offset; here it commits none. A partition stays with its thread, and
 * the topic must be partitioned by symbol. Redis is waited for in the thread that folds. Late
 * trades are dropped, for there is no corrector. There are no ticks, so quiet symbols get flat
 * candles only with their next trade.
 */
final class HashMapConsumer implements Peer {

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        MinuteCandles minutes = new MinuteCandles();
        Partitions.read(
                input,
                () ->
                        new SymbolMap(
                                minutes,
                                input.redis() == null
                                        ? null
                                        : new RedisCandles(input.redisSettings())));
        return minutes;
    }
}
