package io.kline.tools.bench;

import io.kline.config.KlineOptions;
import io.kline.job.LiveJob;
import io.kline.kafka.TradeDeserializer;
import io.kline.live.StoredCandles;
import io.kline.model.Inbound;
import io.kline.state.KlineTypes;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What can be measured: each reads a topic up to its present end. */
enum MeasuredJob {
    /** The source and the parser alone: what no job on this source can be faster than. */
    DISCARD {
        @Override
        void defineOn(
                StreamExecutionEnvironment env, KlineOptions options, KafkaSource<Inbound> source) {
            env.configure(new Configuration().set(PipelineOptions.OBJECT_REUSE, true));
            env.fromSource(
                            source,
                            WatermarkStrategy.noWatermarks(),
                            "Trades from Kafka",
                            KlineTypes.INBOUND)
                    .sinkTo(new NullSink<>());
        }
    },

    /** The live job, with sinks that keep the last version of each candle in the process. */
    ENGINE {
        @Override
        void defineOn(
                StreamExecutionEnvironment env, KlineOptions options, KafkaSource<Inbound> source) {
            LiveJob.define(
                    env,
                    LiveJob.settings(options),
                    options.kline.outOfOrderness,
                    source,
                    () -> "bench",
                    start -> StoredCandles.none(),
                    new LiveJob.Sinks(new NullSink<>(), new KeptCandles(), new KeptLateTrades()));
        }

        @Override
        void write(Path file) throws IOException {
            KeptCandles.write(file, KeptLateTrades.all());
        }
    },

    /** The live job on Kafka and Redis. */
    LIVE {
        @Override
        void defineOn(
                StreamExecutionEnvironment env, KlineOptions options, KafkaSource<Inbound> source) {
            LiveJob.define(env, options, source);
        }
    };

    /** Defines the job. */
    abstract void defineOn(
            StreamExecutionEnvironment env, KlineOptions options, KafkaSource<Inbound> source);

    /** Writes the candles, if they are in this process. */
    void write(Path file) throws IOException {}

    /**
     * Defines the job on the trades up to the present end of the topic.
     *
     * @param warm after how many records the mark is printed
     */
    final void define(StreamExecutionEnvironment env, KlineOptions options, long warm) {
        // Otherwise the end of the input waits for the next checkpoint.
        env.configure(
                new Configuration()
                        .set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, false));
        defineOn(env, options, source(options, warm));
    }

    private static KafkaSource<Inbound> source(KlineOptions options, long warm) {
        return KafkaSource.<Inbound>builder()
                .setProperties(options.kafka.clientProperties())
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(options.kafka.groupId)
                .setTopics(options.kafka.tradesTopic)
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(
                        new CountedRecords(
                                new TradeDeserializer(
                                        options.kline.maxFuture.toMillis(),
                                        options.kline.maxAge.toMillis()),
                                warm))
                .build();
    }
}
