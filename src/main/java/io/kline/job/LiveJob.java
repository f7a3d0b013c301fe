package io.kline.job;

import io.kline.candle.Rules;
import io.kline.config.CandleOptions;
import io.kline.config.KafkaOptions;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.config.RedisSettings;
import io.kline.kafka.DeadLetterTopic;
import io.kline.kafka.KlinesTopic;
import io.kline.kafka.TopicId;
import io.kline.kafka.TradeDeserializer;
import io.kline.kafka.TradeWatermarks;
import io.kline.kafka.TradesTopic;
import io.kline.live.BundleTrades;
import io.kline.live.CandleSettings;
import io.kline.live.FormCandles;
import io.kline.live.MonotonicClock;
import io.kline.live.RedisStoredCandles;
import io.kline.live.StoredCandles;
import io.kline.live.Ticks;
import io.kline.live.ValidateTrades;
import io.kline.model.Candle;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.KlineEvent;
import io.kline.model.TradeBundle;
import io.kline.sink.redis.RedisKlineSink;
import io.kline.state.KlineTypes;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * Trades from Kafka become candles: all versions in Redis, closed and corrected ones on the topic
 * of klines.
 */
public final class LiveJob {

    /** Shown in the Flink UI. */
    public static final String NAME = "Kline live";

    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", KlineTypes.DEAD_LETTER);
    private static final OutputTag<KlineEvent> EVENTS =
            new OutputTag<>("events", KlineTypes.KLINE_EVENT);

    /**
     * How far before the end of what Redis holds the topic of klines may lack candles, after an
     * earlier run has ended without a checkpoint. A partition that takes no records stops
     * checkpoints; after more than twenty minutes of that the job is restarted.
     */
    private static final Duration UNSENT = Duration.ofMinutes(30);

    /** How long a trade waits for others of its symbol at most, ms. */
    private static final long LINGER = 20;

    private LiveJob() {}

    /** Where the job writes. */
    public record Sinks(
            Sink<DeadLetter> deadLetters, Sink<Candle> redis, Sink<KlineEvent> klines) {}

    public static void main(String[] args) throws Exception {
        Optional<KlineOptions> options = new OptionsReader(System.getenv()).read("live", args);
        if (options.isPresent()) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            define(env, options.get());
            env.execute(NAME);
        }
    }

    /** Defines the job on Kafka and Redis. */
    public static void define(StreamExecutionEnvironment env, KlineOptions options) {
        KafkaOptions kafka = options.kafka;
        define(
                env,
                options,
                TradesTopic.source(
                        kafka.tradesTopic,
                        kafka.groupId,
                        kafka.clientProperties(),
                        new TradeDeserializer(
                                options.kline.maxFuture.toMillis(),
                                options.kline.maxAge.toMillis())));
    }

    /** The same with another source of the topic's records, such as one that ends. */
    public static void define(
            StreamExecutionEnvironment env, KlineOptions options, Source<Inbound, ?, ?> source) {
        KafkaOptions kafka = options.kafka;
        RedisSettings redis = options.redis.settings();
        // Flink shows them.
        env.configure(
                new Configuration()
                        .set(PipelineOptions.GLOBAL_JOB_PARAMETERS, options.kline.decisive()));
        Duration lateness = options.kline.allowedLateness;
        Duration unsent = lateness.compareTo(UNSENT) > 0 ? lateness : UNSENT;
        define(
                env,
                settings(options),
                options.kline.outOfOrderness,
                source,
                TopicId.of(kafka.tradesTopic, kafka.clientProperties()),
                start -> new RedisStoredCandles(redis, start, unsent),
                sinks(options));
    }

    /**
     * Defines the job on any source of records and any sinks.
     *
     * @param outOfOrderness how much older than those before it a trade of a partition usually is
     *     at most; the watermark is that far behind
     * @param topicId names what the source reads
     * @param earlierCandles leads to the candles that an earlier run has left, for a start without
     *     state
     */
    public static void define(
            StreamExecutionEnvironment env,
            CandleSettings settings,
            Duration outOfOrderness,
            Source<Inbound, ?, ?> source,
            TopicId topicId,
            StoredCandles.Opener earlierCandles,
            Sinks sinks) {
        JobDefaults.apply(env);

        // 1. Records become trades; time moves per partition.
        DataStream<Inbound> records =
                Stage.TRADES.read(
                        env,
                        source,
                        TradeWatermarks.strategy(
                                outOfOrderness, Duration.ofMillis(settings.idleTimeout())),
                        KlineTypes.INBOUND);

        // 2. What is not a trade leaves here.
        SingleOutputStreamOperator<Accepted> trades =
                Stage.VALIDATE.named(
                        records.process(
                                new ValidateTrades(topicId, DEAD_LETTERS), KlineTypes.ACCEPTED));

        // 3. Those of a symbol wait for each other a moment, and travel together.
        SingleOutputStreamOperator<TradeBundle> bundles =
                Stage.BUNDLE.named(
                        trades.transform(
                                Stage.BUNDLE.title(),
                                KlineTypes.TRADE_BUNDLE,
                                new BundleTrades(Math.min(LINGER, settings.mergeInterval()))));

        // 4. The only shuffle: a symbol has one subtask, which forms its candles.
        SingleOutputStreamOperator<Candle> candles =
                Stage.CANDLES.named(
                        bundles.keyBy(TradeBundle::symbol, Types.STRING)
                                .transform(
                                        Stage.CANDLES.title(),
                                        KlineTypes.CANDLE,
                                        new FormCandles(
                                                settings, earlierCandles, EVENTS, DEAD_LETTERS)));

        // 5. Every version goes to Redis; what is closed, corrected or late goes to the topic. A
        // partition that takes no records holds up checkpoints, but no candles on their way to
        // Redis.
        Stage.REDIS.write(candles, sinks.redis());
        Stage.KLINES.writeApart(candles.getSideOutput(EVENTS), sinks.klines());
        Stage.DEAD_LETTERS.write(
                trades.getSideOutput(DEAD_LETTERS).union(candles.getSideOutput(DEAD_LETTERS)),
                sinks.deadLetters());
    }

    /** How its candles are formed. */
    public static CandleSettings settings(KlineOptions options) {
        CandleOptions kline = options.kline;
        return new CandleSettings(
                new Rules(
                        kline.intervals(),
                        kline.allowedLateness.toMillis(),
                        kline.carryFor.toMillis(),
                        kline.refreshWaits()),
                kline.mergeInterval.toMillis(),
                kline.idleTimeout.toMillis(),
                options.redis.reassertInterval.toMillis(),
                new Ticks(kline.ticks == CandleOptions.TickMode.WALL),
                MonotonicClock.system());
    }

    private static Sinks sinks(KlineOptions options) {
        return new Sinks(
                DeadLetterTopic.sink(
                        options.kafka.deadTopic,
                        options.kafka.tradesTopic,
                        options.kafka.clientProperties()),
                new RedisKlineSink(options.redis.settings()),
                KlinesTopic.sink(options.kafka.klinesTopic, options.kafka.clientProperties()));
    }
}
