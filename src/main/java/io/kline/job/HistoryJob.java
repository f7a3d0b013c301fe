package io.kline.job;

import io.kline.config.KafkaOptions;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.history.CorrectorSink;
import io.kline.history.HealSource;
import io.kline.history.RouteEvents;
import io.kline.kafka.KlinesTopic;
import io.kline.kafka.TopicId;
import io.kline.kafka.TopicProgress;
import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.sink.mysql.KlineTable;
import io.kline.sink.redis.RedisKlineSink;
import io.kline.state.KlineTypes;
import io.kline.store.heal.HealSettings;
import io.kline.store.mysql.MysqlLogin;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.OutputTag;

/**
 * The topic of klines becomes the table of all history, and late trades correct it. Apart from the
 * live job, which must not wait for MySQL.
 *
 * <p>A late trade is applied after a checkpoint, when the candles before it are stored. The
 * corrected candles go to the topic, where everybody sees them, and come back from there for Redis:
 * an outage of Redis holds up nothing, and nothing is lost in it.
 *
 * <p>This job alone has both stores, so it also brings back what Redis has lost of its histories.
 */
public final class HistoryJob {

    /** Shown in the Flink UI. */
    public static final String NAME = "Kline history";

    private static final OutputTag<LateTrade> LATE = new OutputTag<>("late", KlineTypes.LATE_TRADE);
    private static final OutputTag<Candle> STORED = new OutputTag<>("stored", KlineTypes.CANDLE);

    /** A healthy job is behind by a checkpoint. */
    private static final Duration BEHIND = Duration.ofSeconds(30);

    private HistoryJob() {}

    /** Where the job writes. */
    public record Sinks(Sink<Candle> table, Sink<LateTrade> corrector, Sink<Candle> redis) {}

    public static void main(String[] args) throws Exception {
        Optional<KlineOptions> options = new OptionsReader(System.getenv()).read("history", args);
        if (options.isPresent()) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            define(env, options.get());
            env.execute(NAME);
        }
    }

    /** Defines the job on Kafka, MySQL and Redis. */
    public static void define(StreamExecutionEnvironment env, KlineOptions options) {
        KafkaOptions kafka = options.kafka;
        define(
                env,
                KlinesTopic.source(
                        kafka.klinesTopic,
                        options.kafka.historyGroupId(),
                        kafka.clientProperties()),
                TopicId.of(kafka.klinesTopic, kafka.clientProperties()),
                sinks(options),
                healer(options));
    }

    /**
     * Defines the job on any source of events, any sinks, and what heals Redis.
     *
     * @param topicId names what the source reads
     */
    public static void define(
            StreamExecutionEnvironment env,
            Source<KlineEvent, ?, ?> source,
            TopicId topicId,
            Sinks sinks,
            Source<Candle, ?, ?> healer) {
        JobDefaults.applyToHistory(env);

        // 1. Events, in order per symbol.
        DataStream<KlineEvent> events =
                Stage.HISTORY.read(
                        env, source, WatermarkStrategy.noWatermarks(), KlineTypes.KLINE_EVENT);

        // 2. Candles to the table.
        SingleOutputStreamOperator<Candle> candles =
                Stage.ROUTE.named(
                        events.process(new RouteEvents(topicId, LATE, STORED), KlineTypes.CANDLE));
        Stage.MYSQL.write(candles, sinks.table());

        // 3. Late trades correct it; what they changed comes back from the topic for Redis.
        Stage.CORRECTOR.write(candles.getSideOutput(LATE), sinks.corrector());
        Stage.CORRECTED.write(candles.getSideOutput(STORED), sinks.redis());

        // 4. Beside the stream: what Redis has lost comes back from the table.
        Stage.HEALED.write(
                Stage.HEALER
                        .read(env, healer, WatermarkStrategy.noWatermarks(), KlineTypes.CANDLE)
                        .setParallelism(1),
                new DiscardingSink<>(),
                1);
    }

    private static Sinks sinks(KlineOptions options) {
        return new Sinks(
                KlineTable.sink(options.mysql),
                new CorrectorSink(
                        MysqlLogin.of(options.mysql),
                        options.kline.zoneOffset,
                        options.kafka.klinesTopic,
                        options.kafka.clientProperties()),
                RedisKlineSink.ofCorrections(options.redis.settings()));
    }

    private static HealSource healer(KlineOptions options) {
        return new HealSource(
                new HealSettings(
                        options.redis.settings(),
                        MysqlLogin.of(options.mysql),
                        options.kline.intervals(),
                        options.kline.carryFor,
                        options.redis.reassertInterval),
                new TopicProgress(
                        options.kafka.klinesTopic,
                        options.kafka.historyGroupId(),
                        options.kafka.clientProperties(),
                        BEHIND),
                options.redis.healInterval);
    }
}
