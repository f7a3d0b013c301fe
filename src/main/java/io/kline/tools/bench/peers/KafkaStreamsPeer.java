package io.kline.tools.bench.peers;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import io.kline.store.TradeJson;
import io.kline.tools.stack.Directories;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.kstream.Windowed;
import org.apache.kafka.streams.state.Stores;

/**
 * Kafka Streams: a windowed aggregate by symbol, one minute, updates every 333 ms.
 *
 * <p>Tuned: a cache that holds all windows of a commit interval, so that each is written once per
 * commit ("Memory management"), stores in memory, the topic's own key instead of a repartition,
 * optimization of the topology on, changelog compressed and in batches ("Configuration"). Our own
 * parser, and the serializer of our candles. At least once, with the changelog that it recovers
 * from: ours has checkpoints.
 *
 * <p>It differs from ours: one interval, not 15. A duplicate counts twice. What is late goes by the
 * time of the partition, not of the symbol; a later trade is lost. No candle is ever closed, and
 * there are no flat ones. It needs records whose key is their symbol.
 *
 * @see <a href="https://kafka.apache.org/42/streams/developer-guide/memory-mgmt/">Memory
 *     management</a>
 * @see <a
 *     href="https://kafka.apache.org/42/streams/developer-guide/config-streams/">Configuration</a>
 */
final class KafkaStreamsPeer implements Peer {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long CACHE = 256L << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Candle NOTHING =
            new Candle(
                    new CandleKey("", "1m", 0),
                    0,
                    Ohlcv.flat(BigDecimal.ZERO, TradeRef.NONE),
                    false);

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        MinuteCandles candles = new MinuteCandles();
        CountDownLatch all = new CountDownLatch(1);
        AtomicLong processed = new AtomicLong();
        Topology topology =
                topology(
                        input,
                        candles,
                        () -> {
                            if (processed.incrementAndGet() == input.records()) {
                                all.countDown();
                            }
                        });
        Path folder = Files.createTempDirectory("kline-peer-");
        KafkaStreams streams = new KafkaStreams(topology, settings(input, folder));
        try {
            streams.start();
            while (!all.await(1, TimeUnit.SECONDS)) {
                if (streams.state() == KafkaStreams.State.ERROR) {
                    throw new IllegalStateException("Kafka Streams has stopped, see its log");
                }
            }
        } finally {
            // Commits, which brings what is in the cache to the map.
            streams.close(PATIENCE);
            Directories.delete(folder);
        }
        return candles;
    }

    private static Topology topology(PeerInput input, MinuteCandles candles, Runnable processed) {
        TimeWindows windows = TimeWindows.ofSizeAndGrace(MINUTE, PeerInput.ALLOWED_LATENESS);
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        input.topic(),
                        Consumed.with(Serdes.String(), trades())
                                .withTimestampExtractor(
                                        (record, partitionTime) ->
                                                record.value() instanceof Trade trade
                                                        ? trade.time()
                                                        : Math.max(0, partitionTime)))
                .peek((symbol, trade) -> processed.run())
                .filter((symbol, trade) -> trade != null)
                .groupByKey()
                .windowedBy(windows)
                .aggregate(
                        () -> NOTHING,
                        (symbol, trade, candle) ->
                                candle.with(candle.ohlcv().plus(Ohlcv.of(trade))),
                        Materialized.<String, Candle>as(
                                        Stores.inMemoryWindowStore(
                                                "minutes",
                                                MINUTE.plus(PeerInput.ALLOWED_LATENESS),
                                                MINUTE,
                                                false))
                                .withKeySerde(Serdes.String())
                                .withValueSerde(new CandleSerde())
                                .withCachingEnabled())
                .toStream()
                .foreach((window, candle) -> candles.put(row(window, candle)));
        Properties optimized = new Properties();
        optimized.setProperty(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        return builder.build(optimized);
    }

    /** All threads of Kafka Streams share a deserializer. */
    private static Serde<Trade> trades() {
        ThreadLocal<TradeReader> readers = ThreadLocal.withInitial(TradeReader::new);
        return Serdes.serdeFrom(
                (topic, trade) -> TradeJson.write(trade, trade.time()),
                (topic, value) ->
                        readers.get().read(new ConsumerRecord<>(topic, 0, 0, null, value)));
    }

    private static MinuteCandle row(Windowed<String> window, Candle candle) {
        return MinuteCandle.of(
                new Candle(
                        new CandleKey(window.key(), "1m", window.window().start()),
                        window.window().end() - 1,
                        candle.ohlcv(),
                        false));
    }

    private static Properties settings(PeerInput input, Path folder) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "peer-" + MinuteCandles.newName());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, input.bootstrap());
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, PeerInput.PARALLELISM);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, PeerInput.MERGE_INTERVAL.toMillis());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHE);
        settings.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.OPTIMIZE);
        settings.put(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG),
                RecordsRead.class.getName());
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        settings.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        return settings;
    }
}
