package io.kline.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.Rules;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.kafka.CommittedOffsets;
import io.kline.kafka.TradeDeserializer;
import io.kline.live.CandleSettings;
import io.kline.live.MonotonicClock;
import io.kline.live.StoredCandles;
import io.kline.live.Ticks;
import io.kline.model.Candle;
import io.kline.model.Inbound;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.sink.redis.RedisKlineSink;
import io.kline.store.KlineJson;
import io.kline.store.TradeJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import io.kline.tools.local.LocalCluster;
import io.kline.tools.local.SavedState;
import io.kline.tools.stack.Topics;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * A savepoint of the live job that an earlier build has written is restored by every later one. It
 * was taken when the first half of the records was read. With {@code -Dkline.keep-savepoint=true}
 * the test writes it anew.
 */
class KeptSavepointITCase {

    private static final Path KEPT = Path.of("src/test/resources/io/kline/job/savepoint-2");
    private static final String TOPIC = "trades-of-the-kept-savepoint";
    private static final List<String> SYMBOLS = List.of("KEPTA", "KEPT-B", "币安人生KEPT");
    private static final List<Interval> INTERVALS =
            List.of(
                    Interval.parse("1m", ZoneOffset.UTC),
                    Interval.parse("1h", ZoneOffset.UTC),
                    Interval.parse("1M", ZoneOffset.UTC));
    private static final long BEGIN = 1_741_089_600_000L;
    private static final int HALF = 150;

    @TempDir Path folder;

    private final List<Trade> records = records();

    @Test
    void goesOnAsIfNothingHadHappened() throws Exception {
        clear();
        boolean isKeeping = Boolean.getBoolean("kline.keep-savepoint");
        if (!isKeeping) {
            Path savepoint = Files.createDirectories(folder.resolve("savepoint-kept"));
            Files.copy(KEPT.resolve("_metadata"), savepoint.resolve("_metadata"));
        }
        send(records.subList(0, HALF));
        try (LocalCluster cluster = LocalCluster.start(0)) {
            LocalCluster.Job job = cluster.submit(LiveJob.NAME, 2, folder, this::define);
            if (isKeeping) {
                awaitCandles(records.subList(0, HALF));
                cluster.stop(job);
                Files.createDirectories(KEPT);
                Path taken = SavedState.latestIn(folder).orElseThrow();
                Files.write(
                        KEPT.resolve("_metadata"), Files.readAllBytes(taken.resolve("_metadata")));
                return;
            }
            send(records.subList(HALF / 2, records.size()));
            awaitCandles(records);
        }
    }

    private void define(StreamExecutionEnvironment env) {
        KlineOptions options = options();
        CandleSettings settings =
                new CandleSettings(
                        new Rules(INTERVALS, 7_200_000, 86_400_000),
                        100,
                        1_000,
                        600_000,
                        new Ticks(false),
                        MonotonicClock.system());
        LiveJob.define(
                env,
                settings,
                Duration.ofSeconds(1),
                KafkaSource.<Inbound>builder()
                        .setBootstrapServers(options.kafka.bootstrapServers)
                        .setGroupId("kept-" + folder.getFileName())
                        .setTopics(TOPIC)
                        .setStartingOffsets(new CommittedOffsets())
                        .setDeserializer(new TradeDeserializer(5_000, Long.MAX_VALUE / 2))
                        .build(),
                () -> "kept",
                start -> StoredCandles.none(),
                new LiveJob.Sinks(
                        new DiscardingSink<>(),
                        new RedisKlineSink(options.redis.settings()),
                        new DiscardingSink<>()));
    }

    private static KlineOptions options() {
        try {
            return new OptionsReader(Map.of("KLINE_MYSQL_PASSWORD", "none"))
                    .read(
                            "test",
                            "--kafka.bootstrap.servers",
                            Servers.kafka().address(),
                            "--redis.nodes",
                            Servers.redis().address())
                    .orElseThrow();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static void awaitCandles(List<Trade> trades) throws Exception {
        try (Jedis redis = redis()) {
            Await.until(
                    Duration.ofSeconds(60),
                    () -> {
                        for (String symbol : SYMBOLS) {
                            List<Trade> own =
                                    trades.stream()
                                            .filter(trade -> trade.symbol().equals(symbol))
                                            .toList();
                            long end = own.stream().mapToLong(Trade::time).max().orElseThrow();
                            for (Interval interval : INTERVALS) {
                                assertThat(stored(redis, symbol, interval.code()))
                                        .isEqualTo(
                                                NaiveCandles.of(
                                                        own, interval, end, Long.MAX_VALUE));
                            }
                        }
                    });
        }
    }

    /** What has closed them is not of interest here. */
    private static List<Candle> stored(Jedis redis, String symbol, String interval) {
        List<String> klines =
                new ArrayList<>(redis.zrange(RedisKeys.history(symbol, interval), 0, -1));
        String latest = redis.get(RedisKeys.latest(symbol, interval));
        assertThat(latest).as(symbol).isNotNull();
        klines.add(latest);
        return klines.stream()
                .map(KlineJson::read)
                .map(candle -> NaiveCandles.plain(candle).asClosed())
                .toList();
    }

    private static void clear() throws Exception {
        try (Jedis redis = redis()) {
            for (String symbol : SYMBOLS) {
                for (Interval interval : INTERVALS) {
                    redis.del(RedisKeys.latest(symbol, interval.code()));
                    redis.del(RedisKeys.history(symbol, interval.code()));
                }
            }
        }
        Topics.create(Servers.kafka().address(), List.of(new NewTopic(TOPIC, 1, (short) 1)));
    }

    private static Jedis redis() throws Exception {
        String[] address = Servers.redis().address().split(":");
        return new Jedis(address[0], Integer.parseInt(address[1]));
    }

    private static void send(List<Trade> trades) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Servers.kafka().address());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Trade trade : trades) {
                producer.send(
                        new ProducerRecord<>(
                                TOPIC,
                                trade.symbol().getBytes(UTF_8),
                                TradeJson.write(trade, trade.time())));
            }
        }
    }

    /** Half an hour of each symbol, out of order, some of them aggregates. */
    private static List<Trade> records() {
        Random random = new Random(2);
        List<Trade> records = new ArrayList<>();
        long id = 1;
        for (int i = 0; i < 2 * HALF; i++) {
            long last = id + random.nextInt(3);
            records.add(
                    new Trade(
                            SYMBOLS.get(random.nextInt(SYMBOLS.size())),
                            id,
                            last,
                            BigDecimal.valueOf(1_000 + random.nextInt(500), 2),
                            BigDecimal.valueOf(1 + random.nextInt(1_000), 3),
                            BEGIN + i * 6_000L - random.nextInt(300_000),
                            random.nextBoolean()));
            id = last + 1 + random.nextInt(2);
        }
        return records;
    }
}
