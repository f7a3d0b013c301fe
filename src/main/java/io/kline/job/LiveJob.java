package io.kline.job;

import io.kline.config.CandleOptions;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.config.RedisSettings;
import io.kline.continuity.SightStoredSymbols;
import io.kline.continuity.StoredCandles;
import io.kline.continuity.Ticks;
import io.kline.dedupe.DropDuplicates;
import io.kline.model.Candle;
import io.kline.model.Trade;
import io.kline.sink.kafka.DeadLetterTopic;
import io.kline.sink.kafka.KlinesTopic;
import io.kline.sink.redis.RedisKlineSink;
import io.kline.sink.redis.RedisStoredCandles;
import io.kline.source.CommittedOffsets;
import io.kline.source.Inbound;
import io.kline.source.RouteInbound;
import io.kline.source.TradeDeserializer;
import io.kline.source.TradeWatermarks;
import io.kline.state.Types;
import io.kline.store.KlineEvent;
import io.kline.window.FormCandles;
import io.kline.window.HeldWatermark;
import io.kline.window.MergeTrades;
import io.kline.window.Partial;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Trades from Kafka become candles: all versions in Redis, closed and corrected ones on the topic
 * of klines.
 */
public final class LiveJob {

    /** Shown in the Flink UI. */
    public static final String NAME = "Kline live";

    private static final OutputTag<Inbound> DEAD_LETTERS =
            new OutputTag<>("dead-letters", Types.INBOUND);
    private static final OutputTag<KlineEvent> EVENTS =
            new OutputTag<>("events", Types.KLINE_EVENT);
    private static final TypeInformation<String> SYMBOL =
            org.apache.flink.api.common.typeinfo.Types.STRING;

    /** How long Kafka waits for a transaction, unless {@code transaction.timeout.ms} is set. */
    private static final Duration TRANSACTION_TIMEOUT = Duration.ofMinutes(15);

    private LiveJob() {}

    /** Where the job writes. */
    public record Sinks(Sink<Inbound> deadLetters, Sink<Candle> redis, Sink<KlineEvent> klines) {}

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
        RedisSettings redis = options.redis.settings();
        Duration lateness = options.kline.allowedLateness;
        Duration uncommitted =
                lateness.compareTo(TRANSACTION_TIMEOUT) > 0 ? lateness : TRANSACTION_TIMEOUT;
        define(
                env,
                options.kline,
                trades(options),
                start -> new RedisStoredCandles(redis, start, uncommitted),
                sinks(options));
    }

    /**
     * Defines the job on any source of records and any sinks.
     *
     * @param earlierCandles leads to the candles that an earlier run has left, for a start without
     *     state
     */
    public static void define(
            StreamExecutionEnvironment env,
            CandleOptions options,
            Source<Inbound, ?, ?> source,
            StoredCandles.Opener earlierCandles,
            Sinks sinks) {
        JobDefaults.apply(env);

        // 1. Records become trades; time moves per partition.
        DataStream<Inbound> records =
                env.fromSource(
                                source,
                                TradeWatermarks.strategy(
                                        options.outOfOrderness, options.idleTimeout),
                                Stage.TRADES.title(),
                                Types.INBOUND)
                        .uid(Stage.TRADES.uid());

        // 2. What is not a trade leaves here.
        SingleOutputStreamOperator<Trade> trades =
                named(Stage.VALIDATE, records.process(new RouteInbound(DEAD_LETTERS), Types.TRADE));
        trades.getSideOutput(DEAD_LETTERS)
                .sinkTo(sinks.deadLetters())
                .name(Stage.DEAD_LETTERS.title())
                .uid(Stage.DEAD_LETTERS.uid());

        // 3. The only shuffle: from here on a symbol stays on its subtask.
        SingleOutputStreamOperator<Trade> ofSymbol =
                named(
                        Stage.HOLD_WATERMARK,
                        trades.keyBy(Trade::symbol, SYMBOL)
                                .transform("hold", Types.TRADE, new HeldWatermark()));

        // 4. After a start without state: the symbols that an earlier run has left candles of.
        SingleOutputStreamOperator<Trade> sighted =
                named(
                        Stage.SIGHT,
                        ofSymbol.transform(
                                "sight", Types.TRADE, new SightStoredSymbols(earlierCandles)));

        // 5. Every trade counts once.
        SingleOutputStreamOperator<Trade> distinct =
                named(
                        Stage.DEDUPE,
                        DataStreamUtils.reinterpretAsKeyedStream(sighted, Trade::symbol, SYMBOL)
                                .process(
                                        new DropDuplicates(
                                                options.intervals(),
                                                options.allowedLateness.toMillis(),
                                                earlierCandles,
                                                DEAD_LETTERS),
                                        Types.TRADE));
        distinct.getSideOutput(DEAD_LETTERS)
                .sinkTo(sinks.deadLetters())
                .name(Stage.UNDECIDED.title())
                .uid(Stage.UNDECIDED.uid());

        // 6. A third of a second of trades becomes one partial candle.
        SingleOutputStreamOperator<Partial> partials =
                named(
                        Stage.MERGE,
                        DataStreamUtils.reinterpretAsKeyedStream(distinct, Trade::symbol, SYMBOL)
                                .process(
                                        new MergeTrades(options.mergeInterval.toMillis()),
                                        Types.PARTIAL));

        // 7. Partial candles become the candles of every interval, without holes in time.
        SingleOutputStreamOperator<Candle> candles =
                named(
                        Stage.CANDLES,
                        DataStreamUtils.reinterpretAsKeyedStream(partials, Partial::symbol, SYMBOL)
                                .process(
                                        new FormCandles(
                                                options.intervals(),
                                                options.allowedLateness.toMillis(),
                                                new Ticks(
                                                        options.ticks
                                                                == CandleOptions.TickMode.WALL),
                                                earlierCandles,
                                                EVENTS),
                                        Types.CANDLE));

        // 8. Every version goes to Redis; what is closed, corrected or late goes to the topic.
        candles.sinkTo(sinks.redis()).name(Stage.REDIS.title()).uid(Stage.REDIS.uid());
        candles.getSideOutput(EVENTS)
                .sinkTo(sinks.klines())
                .name(Stage.KLINES.title())
                .uid(Stage.KLINES.uid());
    }

    private static Source<Inbound, ?, ?> trades(KlineOptions options) {
        return KafkaSource.<Inbound>builder()
                .setProperties(options.kafka.clientProperties())
                // Trades of an aborted transaction never happened.
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(options.kafka.groupId)
                .setTopics(options.kafka.tradesTopic)
                .setStartingOffsets(new CommittedOffsets())
                .setDeserializer(
                        new TradeDeserializer(
                                options.kline.maxFuture.toMillis(),
                                options.kline.maxAge.toMillis()))
                .build();
    }

    private static Sinks sinks(KlineOptions options) {
        return new Sinks(
                DeadLetterTopic.sink(options.kafka.deadTopic, options.kafka.clientProperties()),
                new RedisKlineSink(options.redis.settings()),
                KlinesTopic.sink(
                        options.kafka.klinesTopic,
                        options.kafka.groupId,
                        options.kafka.clientProperties()));
    }

    private static <T> SingleOutputStreamOperator<T> named(
            Stage stage, SingleOutputStreamOperator<T> operator) {
        return operator.name(stage.title()).uid(stage.uid());
    }
}
