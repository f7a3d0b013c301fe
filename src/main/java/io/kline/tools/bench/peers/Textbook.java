package io.kline.tools.bench.peers;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The Flink job of the textbook: {@code keyBy(symbol)}, a tumbling event-time window for each of
 * the 15 intervals, an incremental aggregate, allowed lateness, a side output for what is later, a
 * trigger of 333 ms. Candles go nowhere, except that the last row of each minute is kept.
 *
 * <p>Tuned: incremental aggregation instead of buffered elements ("Windows", section <em>Useful
 * state size considerations</em>), object reuse ("Execution configuration"), no Kryo and
 * serializers by hand or of POJOs ("Data types and serialization"), our own parser, and only trades
 * cross the network, without their records.
 *
 * <p>It differs from ours: a duplicate counts twice. A watermark decides what is late, across all
 * symbols; later trades are set aside, and nothing corrects stored candles. After a restore there
 * is no watermark at first, so a trade may open a window again that was closed and dropped: it then
 * fires with that trade alone. There are no flat candles. Each interval is a shuffle of its own.
 *
 * @see <a
 *     href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/datastream/operators/windows/">Windows</a>
 * @see <a
 *     href="https://nightlies.apache.org/flink/flink-docs-release-2.2/docs/dev/datastream/fault-tolerance/serialization/types_serialization/">Data
 *     types and serialization</a>
 */
final class Textbook implements Peer {

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        String candles = MinuteCandles.newName();
        try (LocalFlink flink = new LocalFlink()) {
            StreamExecutionEnvironment env = flink.environment();
            TextbookJob.define(env, input.consumer(), input.topic(), candles);
            env.execute("textbook");
        }
        return MinuteCandles.named(candles);
    }
}
