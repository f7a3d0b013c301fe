package io.kline.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.store.TradeJson;
import io.kline.store.redis.RedisKeys;
import io.kline.tools.stack.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * All intervals of many quiet symbols end at one moment of the wall clock, while a few other
 * symbols trade. The zone of the exchange is chosen so that its midnight is soon; what does not end
 * at every midnight (3d, 1w, 1M) is replaced by intervals that do.
 */
final class MidnightRun {

    private static final String NAME = "midnight";
    private static final String IN_REDIS = "all new candles in Redis";
    private static final String IN_MYSQL = "all closed candles in MySQL";
    private static final int SYMBOLS = 10_000;

    private static final List<String> INTERVALS =
            List.of(
                    "1m", "3m", "5m", "10m", "15m", "20m", "30m", "1h", "2h", "3h", "4h", "6h",
                    "8h", "12h", "1d");

    private static final long MINUTE = 60_000;
    private static final long MINUTES_OF_DAY = 1_440;
    private static final long MOST_MINUTES_WEST = 1_080;

    /** The jobs have to run and know all symbols by then, ms. */
    private static final long PREPARATION = 240_000;

    private static final long BEFORE = 60_000;
    private static final long MEASURED_BEFORE = 20_000;
    private static final long MEASURED_AFTER = 10_000;
    private static final long OTHERS_RATE = 200;
    private static final long LIMIT_MILLIS = 180_000;

    private final BenchServers servers;
    private final int symbols;
    private final long seed;
    private final long midnight;
    private final Set<String> missing = new HashSet<>();
    private long allInRedis;

    private MidnightRun(BenchServers servers, int symbols, long seed) {
        this.servers = servers;
        this.symbols = symbols;
        this.seed = seed;
        this.midnight = (System.currentTimeMillis() + PREPARATION) / MINUTE * MINUTE;
    }

    /** The end of a day for many symbols at once. */
    static void play(BenchOptions options, Figures figures) throws Exception {
        int symbols = options.scaled(SYMBOLS);
        figures.note("%,d symbols × 15 intervals".formatted(symbols));
        try (BenchServers servers = BenchServers.all()) {
            new Pairing()
                    .with(NAME, () -> new MidnightRun(servers, symbols, options.seed()).readings())
                    .play(1, figures);
        }
        figures.goal(NAME, IN_REDIS, Goal.atMost(5));
        figures.goal(NAME, IN_MYSQL, Goal.atMost(60));
    }

    private List<Reading> readings() throws Exception {
        try (LiveStack stack =
                LiveStack.start(
                        servers,
                        "--kline.zone-offset=" + zone(midnight).getId(),
                        "--kline.intervals=" + String.join(",", INTERVALS))) {
            sendOneTradeOfEach(stack.topics().trades());
            List<Reading> readings = measure(stack);
            stack.requireRightCandles();
            return readings;
        }
    }

    /** A zone in which a moment is midnight. */
    static ZoneOffset zone(long midnight) {
        long minutes = -(midnight / MINUTE % MINUTES_OF_DAY);
        long within = minutes < -MOST_MINUTES_WEST ? minutes + MINUTES_OF_DAY : minutes;
        return ZoneOffset.ofTotalSeconds((int) within * 60);
    }

    // The probes are only open.
    @SuppressWarnings("try")
    private List<Reading> measure(LiveStack stack) throws Exception {
        Feed feed =
                new Feed(
                        Shape.HOT,
                        seed,
                        FeedPace.none().then(OTHERS_RATE, (BEFORE + MEASURED_AFTER) / 1_000));
        long begin = midnight - BEFORE;
        Load load = new Load(feed.shape(), seed, begin, feed.pace());
        Visibility others = new Visibility(load, feed.pace().records(), symbol -> true);
        Histogram before = others.window(midnight - MEASURED_BEFORE, midnight);
        Histogram after = others.window(midnight, midnight + MEASURED_AFTER);
        CandleProbe probe = CandleProbe.ofRedis(others);
        String opening = "{\"t\":" + midnight + ",";
        int port = servers.redis().port();
        try (Feed.Sending sending = stack.send(feed, begin);
                RedisChannels quiet =
                        RedisChannels.matching(
                                port,
                                "kline:{M*}:*",
                                (channel, message) -> {
                                    if (message.startsWith(opening)) {
                                        opened(channel);
                                    }
                                });
                RedisChannels busy =
                        RedisChannels.subscribe(
                                port,
                                LatencyRun.channels(others),
                                (channel, message) -> probe.message(message))) {
            double mysqlSeconds = awaitRows();
            sending.await();
            List<Reading> readings = new ArrayList<>();
            readings.add(new Reading(IN_REDIS, "s", awaitRedis()));
            readings.add(new Reading(IN_MYSQL, "s", mysqlSeconds));
            readings.addAll(LatencyRun.percentiles("others before it", before));
            readings.addAll(LatencyRun.percentiles("others in the 10 s after it", after));
            return readings;
        }
    }

    private void sendOneTradeOfEach(String topic) {
        try (KafkaProducer<byte[], byte[]> producer =
                Preloaded.producer(servers.kafkaAddress(), 2)) {
            for (int i = 0; i < symbols; i++) {
                String symbol = symbol(i);
                long now = System.currentTimeMillis();
                producer.send(
                        new ProducerRecord<>(
                                topic,
                                symbol.getBytes(UTF_8),
                                TradeJson.write(symbol, 1, "1.5", "2", now, true, now)));
                synchronized (missing) {
                    INTERVALS.forEach(each -> missing.add(RedisKeys.latest(symbol, each)));
                }
            }
        }
        if (System.currentTimeMillis() > midnight - BEFORE - MEASURED_BEFORE) {
            throw new IllegalStateException("the jobs were not ready before midnight");
        }
    }

    private static String symbol(int number) {
        return "M%05dUSDT".formatted(number);
    }

    private void opened(String channel) {
        synchronized (missing) {
            if (missing.remove(channel) && missing.isEmpty()) {
                allInRedis = System.currentTimeMillis();
                missing.notifyAll();
            }
        }
    }

    /** Waits for the new candles in Redis; returns how long after midnight they were there. */
    private double awaitRedis() throws InterruptedException {
        synchronized (missing) {
            while (!missing.isEmpty()) {
                long left = midnight + LIMIT_MILLIS - System.currentTimeMillis();
                if (left <= 0) {
                    throw new WrongResultException(
                            "%,d candles were not opened".formatted(missing.size()));
                }
                missing.wait(left);
            }
            return (allInRedis - midnight) / 1e3;
        }
    }

    /** Waits for the closed candles in MySQL; returns how long after midnight they were there. */
    private double awaitRows() throws Exception {
        long due = (long) symbols * INTERVALS.size();
        try (Connection connection = servers.mysql().connectAsRoot();
                PreparedStatement count =
                        connection.prepareStatement(
                                "SELECT COUNT(*) FROM "
                                        + EmbeddedMariaDb.DATABASE
                                        + ".kline WHERE close_time = ? AND symbol LIKE 'M%'")) {
            count.setLong(1, midnight - 1);
            Thread.sleep(Math.max(0, midnight - System.currentTimeMillis()));
            while (true) {
                try (ResultSet rows = count.executeQuery()) {
                    rows.next();
                    long after = System.currentTimeMillis() - midnight;
                    if (rows.getLong(1) == due) {
                        return after / 1e3;
                    }
                    if (after > LIMIT_MILLIS) {
                        throw new WrongResultException(
                                "%,d of %,d rows are in MySQL".formatted(rows.getLong(1), due));
                    }
                }
                Thread.sleep(500);
            }
        }
    }
}
