package io.kline.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.tools.check.CheckMain;
import io.kline.tools.local.LocalCluster;
import io.kline.tools.local.SavedState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import redis.clients.jedis.Jedis;

/**
 * Both jobs on real servers, with topics and a database of their own, and what tests read from
 * them.
 */
public final class RunningJobs implements AutoCloseable {

    private static final Duration METRICS = Duration.ofSeconds(60);

    public final KlineOptions options;
    public final LocalCluster cluster;
    public LocalCluster.Job live;
    public LocalCluster.Job history;

    private final Stores stores;
    private final Path folder;
    private int stateless;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Where the stores of a test are. */
    public record Stores(String kafka, String redis, Database mysql) {
        /** The servers that all tests share. */
        public static Stores shared() throws Exception {
            return new Stores(
                    Servers.kafka().address(), Servers.redis().address(), Servers.newDatabase());
        }
    }

    private RunningJobs(Stores stores, Path folder, String... more) throws Exception {
        this.stores = stores;
        this.folder = folder;
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers", stores.kafka(),
                                "--kafka.group.id", "test-" + UUID.randomUUID(),
                                "--kafka.topic.trades", Servers.newTopic("trades", 4),
                                "--kafka.topic.klines", Servers.newTopic("klines", 4),
                                "--kafka.topic.dead", Servers.newTopic("dead", 1),
                                "--kline.idle-timeout", "1s",
                                "--redis.nodes", stores.redis(),
                                "--mysql.url", stores.mysql().url(),
                                "--mysql.user", stores.mysql().user()));
        args.addAll(Arrays.asList(more));
        options =
                new OptionsReader(Map.of("KLINE_MYSQL_PASSWORD", stores.mysql().password()))
                        .read("test", args.toArray(String[]::new))
                        .orElseThrow();
        Properties properties = new Properties();
        properties.put("bootstrap.servers", stores.kafka());
        producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        cluster = LocalCluster.start(0, current());
    }

    /** What is asked for is of this moment; by default Flink answers with what is 3 to 10 s old. */
    private static Configuration current() {
        Configuration config = new Configuration();
        config.set(RestOptions.CACHE_CHECKPOINT_STATISTICS_TIMEOUT, Duration.ofMillis(50));
        config.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ofMillis(250));
        return config;
    }

    /** A cluster without jobs. */
    public static RunningJobs none(Stores stores, Path folder, String... more) throws Exception {
        return new RunningJobs(stores, folder, more);
    }

    /** Starts both jobs. */
    public static RunningJobs start(Stores stores, Path folder, String... more) throws Exception {
        RunningJobs jobs = none(stores, folder, more);
        jobs.startLive(2);
        jobs.startHistory();
        return jobs;
    }

    /** Starts the live job as if it had never run: its folder is a new one. */
    public void startLiveWithoutState() throws Exception {
        stateless++;
        startLive(2);
    }

    public void startLive(int parallelism) throws Exception {
        startLive(parallelism, Duration.ofSeconds(1));
    }

    public void startLive(int parallelism, Duration checkpoints) throws Exception {
        live =
                cluster.submit(
                        LiveJob.NAME,
                        parallelism,
                        folder.resolve("live-" + stateless),
                        env -> {
                            env.enableCheckpointing(checkpoints.toMillis());
                            LiveJob.define(env, options);
                        });
    }

    /** A copy of the newest state of the live job, for a start from it when it is an old one. */
    public Path copyOfState() throws IOException {
        Path copy = Files.createTempDirectory(folder, "live-copy-");
        Path from = SavedState.latestIn(live.folder()).orElseThrow();
        Path to = Files.createDirectory(copy.resolve(from.getFileName()));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    /** Starts a live job on its own folder of states, beside others that may run. */
    public LocalCluster.Job startLiveFrom(Path states, int parallelism) throws Exception {
        return cluster.submit(
                LiveJob.NAME,
                parallelism,
                states,
                env -> {
                    env.enableCheckpointing(1_000);
                    LiveJob.define(env, options);
                });
    }

    public void startHistory() throws Exception {
        history =
                cluster.submit(
                        HistoryJob.NAME,
                        2,
                        folder.resolve("history"),
                        env -> HistoryJob.define(env, options));
    }

    /** Sends values to the trades topic under the key of a symbol. */
    public void send(String symbol, List<String> events) {
        for (String event : events) {
            send(symbol.getBytes(UTF_8), event.getBytes(UTF_8));
        }
        producer.flush();
    }

    public void send(byte[] key, byte[] value) {
        producer.send(new ProducerRecord<>(options.kafka.tradesTopic, key, value));
    }

    public void flush() {
        producer.flush();
    }

    public Jedis redis() {
        String[] address = stores.redis().split(":");
        return new Jedis(address[0], Integer.parseInt(address[1]));
    }

    /** The latest kline, or null. */
    public Candle latest(String symbol, String interval) {
        try (Jedis jedis = redis()) {
            String json = jedis.get(RedisKeys.latest(symbol, interval));
            return json == null ? null : NaiveCandles.plain(KlineJson.read(json));
        }
    }

    /** The history in Redis, oldest first. */
    public List<Candle> recent(String symbol, String interval) {
        try (Jedis jedis = redis()) {
            return jedis.zrange(RedisKeys.history(symbol, interval), 0, -1).stream()
                    .map(KlineJson::read)
                    .map(NaiveCandles::plain)
                    .toList();
        }
    }

    /** All candles in MySQL, oldest first. */
    public List<Candle> stored(String symbol, String interval) throws SQLException {
        List<Candle> candles = new ArrayList<>();
        Database mysql = stores.mysql();
        try (Connection connection =
                        DriverManager.getConnection(mysql.url(), mysql.user(), mysql.password());
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT * FROM kline WHERE symbol = ? AND interval_code = ?"
                                        + " ORDER BY open_time")) {
            select.setString(1, symbol);
            select.setString(2, interval);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    candles.add(candle(row));
                }
            }
        }
        return candles;
    }

    /** Waits until the stores have these candles of a symbol and interval, and no others. */
    public void awaitStored(Duration patience, String symbol, String interval, List<Candle> all)
            throws Exception {
        int last = all.size() - 1;
        int oldest = Math.max(0, last - options.redis.historySize);
        List<Candle> closed = all.stream().filter(Candle::closed).toList();
        Await.until(
                patience,
                () -> {
                    assertThat(latest(symbol, interval)).isEqualTo(all.get(last));
                    assertThat(recent(symbol, interval)).isEqualTo(all.subList(oldest, last));
                    assertThat(stored(symbol, interval)).isEqualTo(closed);
                });
    }

    private static Candle candle(ResultSet row) throws SQLException {
        return NaiveCandles.plain(
                CandleBuilder.candle(
                                row.getString("symbol"),
                                row.getString("interval_code"),
                                row.getLong("open_time"))
                        .closeTime(row.getLong("close_time"))
                        .prices(
                                row.getBigDecimal("open"),
                                row.getBigDecimal("high"),
                                row.getBigDecimal("low"),
                                row.getBigDecimal("close"))
                        .volume(row.getBigDecimal("volume"), row.getBigDecimal("quote_volume"))
                        .takerBuys(
                                row.getBigDecimal("taker_buy_volume"),
                                row.getBigDecimal("taker_buy_quote_volume"))
                        .count(row.getLong("trade_count"))
                        .first(row.getLong("first_trade_id"))
                        .last(row.getLong("last_trade_time"), row.getLong("version_trade_id"))
                        .closed(row.getBoolean("closed"))
                        .revision(row.getLong("revision"))
                        .build());
    }

    /** The sum of a metric over all subtasks of a job, found by the end of its name. */
    public long metric(LocalCluster.Job job, String name) throws Exception {
        long sum = 0;
        for (JsonNode vertex : get("/jobs/" + job.id()).get("vertices")) {
            String metrics =
                    "/jobs/"
                            + job.id()
                            + "/vertices/"
                            + vertex.get("id").asText()
                            + "/subtasks/metrics";
            for (JsonNode metric : get(metrics)) {
                String id = metric.get("id").asText();
                if (id.endsWith("." + name)) {
                    sum += get(metrics + "?get=" + id).get(0).get("sum").asLong();
                }
            }
        }
        return sum;
    }

    /** Waits until a metric has a value: the REST API shows figures of some seconds ago. */
    public void awaitMetric(LocalCluster.Job job, String name, long expected) throws Exception {
        Await.until(METRICS, () -> assertThat(metric(job, name)).as(name).isEqualTo(expected));
    }

    /** How often Flink restarted a job. */
    public long restarts(LocalCluster.Job job) throws Exception {
        JsonNode metrics = get("/jobs/" + job.id() + "/metrics?get=numRestarts");
        return metrics.isEmpty() ? 0 : metrics.get(0).get("value").asLong();
    }

    public JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request;
        try {
            request = HttpRequest.newBuilder(URI.create(cluster.address() + path)).build();
        } catch (Exception e) {
            throw new IOException(e);
        }
        HttpResponse<String> response =
                HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        return new ObjectMapper().readTree(response.body());
    }

    /** Waits until the job has completed another checkpoint. */
    public void awaitCheckpoint(LocalCluster.Job job) throws Exception {
        long before = checkpoints(job);
        Await.until(METRICS, () -> assertThat(checkpoints(job)).isGreaterThan(before));
    }

    private long checkpoints(LocalCluster.Job job) throws Exception {
        return get("/jobs/" + job.id() + "/checkpoints").path("counts").path("completed").asLong();
    }

    /**
     * What the checker says of both stores and the topic of trades, once it finds nothing or has
     * been patient: its exit code and all it printed.
     */
    public CheckerResult check(Duration patience) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, UTF_8);
        int code =
                new CheckMain(Map.of("KLINE_MYSQL_PASSWORD", stores.mysql().password()), out, out)
                        .run(
                                "--topic",
                                "--wait=" + patience.toSeconds() + "s",
                                "--kline.zone-offset=" + options.kline.zoneOffset,
                                "--kafka.bootstrap.servers=" + stores.kafka(),
                                "--kafka.topic.trades=" + options.kafka.tradesTopic,
                                "--redis.nodes=" + stores.redis(),
                                "--mysql.url=" + stores.mysql().url(),
                                "--mysql.user=" + stores.mysql().user());
        return new CheckerResult(code, bytes.toString(UTF_8));
    }

    /** Exit code and text of {@code scripts/check.sh}. */
    public record CheckerResult(int code, String printed) {}

    /** Candles by a property, for messages that can be read. */
    public static <T> List<T> of(List<Candle> candles, Function<Candle, T> property) {
        return candles.stream().map(property).toList();
    }

    @Override
    public void close() {
        producer.close();
        cluster.close();
    }
}
