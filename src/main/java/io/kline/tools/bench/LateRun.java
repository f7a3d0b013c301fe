package io.kline.tools.bench;

import io.kline.tools.stack.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Late trades, one a second and symbol among others in order, and when both stores have them. */
final class LateRun {

    private static final String NAME = "late";
    private static final String IN_REDIS = "late trade to Redis";
    private static final String IN_MYSQL = "late trade to MySQL";
    private static final double MOST_MILLIS = 5_000;

    private static final String LATENESS = "--kline.allowed-lateness=10s";
    private static final int SYMBOLS = 20;
    private static final int ON_TIME_SECONDS = 100;
    private static final int LATE_SECONDS = 30;

    /** Its minute, and the allowed lateness, have passed long ago, ms. */
    private static final long LATE = 90_000;

    private static final long MINUTE = 60_000;
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Pattern CANDLE =
            Pattern.compile("^\\{\"t\":(\\d+),.*\"s\":\"(L[^\"]+)\".*\"n\":(\\d+),");

    private final BenchServers servers;
    private final LateArrivals inRedis = new LateArrivals();
    private final LateArrivals inMysql = new LateArrivals();
    private final Map<LateArrivals.Minute, Long> counts = new HashMap<>();
    private long id;

    private LateRun(BenchServers servers) {
        this.servers = servers;
    }

    /** How long a late trade takes to the stored candle that it belongs to. */
    static void play(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            new Pairing().with(NAME, () -> new LateRun(servers).readings()).play(1, figures);
        }
        for (String what : List.of(IN_REDIS, IN_MYSQL)) {
            figures.goal(NAME, what + ", p99", Goal.atMost(MOST_MILLIS));
        }
    }

    // The probe is only open.
    @SuppressWarnings("try")
    private List<Reading> readings() throws Exception {
        try (LiveStack stack = LiveStack.start(servers, LATENESS)) {
            try (RedisChannels channels =
                            RedisChannels.matching(
                                    servers.redis().port(),
                                    "kline:{L*}:1m",
                                    (channel, message) -> seenInRedis(message));
                    KafkaProducer<byte[], byte[]> producer =
                            Preloaded.producer(servers.kafkaAddress(), 2);
                    Connection connection = servers.mysql().connectAsRoot()) {
                send(producer, stack.topics().trades(), connection);
                long end = System.nanoTime() + SETTLE.toNanos();
                while (inRedis.left() + inMysql.left() > 0 && System.nanoTime() < end) {
                    lookIntoMysql(connection);
                    Thread.sleep(50);
                }
            }
            if (inRedis.left() + inMysql.left() > 0) {
                throw new WrongResultException(
                        "%d late trades have not come to Redis, %d not to MySQL"
                                .formatted(inRedis.left(), inMysql.left()));
            }
            stack.requireRightCandles();
        }
        List<Reading> readings =
                new ArrayList<>(LatencyRun.percentiles(IN_REDIS, inRedis.micros()));
        readings.addAll(LatencyRun.percentiles(IN_MYSQL, inMysql.micros()));
        return readings;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String topic, Connection connection)
            throws InterruptedException, SQLException {
        long begin = System.currentTimeMillis();
        for (int second = 0; second < ON_TIME_SECONDS + LATE_SECONDS; second++) {
            long due = begin + second * 1_000L;
            while (System.currentTimeMillis() < due) {
                lookIntoMysql(connection);
                Thread.sleep(50);
            }
            for (int i = 0; i < SYMBOLS; i++) {
                String symbol = "L%02dUSDT".formatted(i);
                long now = System.currentTimeMillis();
                producer.send(trade(topic, symbol, now));
                if (second >= ON_TIME_SECONDS) {
                    ProducerRecord<byte[], byte[]> late = trade(topic, symbol, now - LATE);
                    LateArrivals.Minute minute = minute(symbol, now - LATE);
                    inRedis.sent(minute, counts.get(minute), now);
                    inMysql.sent(minute, counts.get(minute), now);
                    producer.send(late);
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> trade(String topic, String symbol, long time) {
        counts.merge(minute(symbol, time), 1L, Long::sum);
        id++;
        return MadeUpTrade.record(topic, symbol, id, time);
    }

    private static LateArrivals.Minute minute(String symbol, long time) {
        return new LateArrivals.Minute(symbol, time - time % MINUTE);
    }

    private void seenInRedis(String message) {
        Matcher candle = CANDLE.matcher(message);
        if (candle.find()) {
            inRedis.seen(
                    minute(candle.group(2), Long.parseLong(candle.group(1))),
                    Long.parseLong(candle.group(3)),
                    System.currentTimeMillis());
        }
    }

    private void lookIntoMysql(Connection connection) throws SQLException {
        if (inMysql.left() == 0) {
            return;
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT symbol, open_time, trade_count FROM "
                                        + EmbeddedMariaDb.DATABASE
                                        + ".kline WHERE symbol LIKE 'L%' AND interval_code ="
                                        + " '1m'")) {
            long now = System.currentTimeMillis();
            while (rows.next()) {
                inMysql.seen(minute(rows.getString(1), rows.getLong(2)), rows.getLong(3), now);
            }
        }
    }
}
