package io.kline.job;

import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.late.PickCandles;
import io.kline.model.Candle;
import io.kline.sink.mysql.KlineTable;
import io.kline.source.CommittedOffsets;
import io.kline.source.KlineEventDeserializer;
import io.kline.state.Types;
import io.kline.store.KlineEvent;
import java.util.Optional;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The topic of klines becomes the table of all history. Apart from the live job, which must not
 * wait for MySQL.
 */
public final class HistoryJob {

    /** Shown in the Flink UI. */
    public static final String NAME = "Kline history";

    private HistoryJob() {}

    public static void main(String[] args) throws Exception {
        Optional<KlineOptions> options = new OptionsReader(System.getenv()).read("history", args);
        if (options.isPresent()) {
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            define(env, options.get());
            env.execute(NAME);
        }
    }

    /** Defines the job on Kafka and MySQL. */
    public static void define(StreamExecutionEnvironment env, KlineOptions options) {
        define(env, events(options), KlineTable.sink(options.mysql));
    }

    /** Defines the job on any source of events and any sink. */
    public static void define(
            StreamExecutionEnvironment env, Source<KlineEvent, ?, ?> source, Sink<Candle> table) {
        JobDefaults.apply(env);
        env.fromSource(
                        source,
                        WatermarkStrategy.noWatermarks(),
                        Stage.HISTORY.title(),
                        Types.KLINE_EVENT)
                .uid(Stage.HISTORY.uid())
                .process(new PickCandles(), Types.CANDLE)
                .name(Stage.PICK.title())
                .uid(Stage.PICK.uid())
                .sinkTo(table)
                .name(Stage.MYSQL.title())
                .uid(Stage.MYSQL.uid());
    }

    private static Source<KlineEvent, ?, ?> events(KlineOptions options) {
        return KafkaSource.<KlineEvent>builder()
                .setProperties(options.kafka.clientProperties())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(options.kafka.groupId + "-history")
                .setTopics(options.kafka.klinesTopic)
                .setStartingOffsets(new CommittedOffsets())
                .setDeserializer(new KlineEventDeserializer())
                .build();
    }
}
