package io.kline.tools.bench;

import io.kline.tools.stack.Await;
import io.kline.tools.stack.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Many late trades at once, of some days ago, and when all of them are in the ledger. */
final class CorrectionsRun {

    private static final String NAME = "corrections";
    private static final String SECONDS = "all corrected after";
    private static final double MOST_SECONDS = 60;

    private static final String[] SETTINGS = {
        "--kline.intervals=1m,3m,5m,15m,30m,1h,2h,4h,6h,8h,12h,1d",
        "--kline.allowed-lateness=10s",
        // No flat candles up to now: they are not what is measured.
        "--kline.carry-for=1min",
    };

    private static final int INTERVALS = 12;
    private static final int SYMBOLS = 100;
    private static final int MINUTES = 100;
    private static final int LATE_TRADES = SYMBOLS * MINUTES;

    private static final long MINUTE = 60_000;
    private static final long DAY = 1_440 * MINUTE;
    private static final long PAUSE_NANOS = 250_000_000;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final BenchServers servers;
    private long id;

    private CorrectionsRun(BenchServers servers) {
        this.servers = servers;
    }

    /** How long many late trades take that come at once. */
    static void play(BenchOptions options, Figures figures) throws Exception {
        try (BenchServers servers = BenchServers.all()) {
            new Pairing().with(NAME, () -> new CorrectionsRun(servers).readings()).play(1, figures);
        }
        figures.goal(NAME, SECONDS, Goal.atMost(MOST_SECONDS));
    }

    private List<Reading> readings() throws Exception {
        try (LiveStack stack = LiveStack.start(servers, SETTINGS)) {
            double seconds;
            try (KafkaProducer<byte[], byte[]> producer =
                            Preloaded.producer(servers.kafkaAddress(), 2);
                    Connection connection = servers.mysql().connectAsRoot();
                    Statement mysql = connection.createStatement()) {
                String topic = stack.topics().trades();
                long begin = System.currentTimeMillis() / DAY * DAY - 3 * DAY;
                sendMinutes(producer, topic, begin);
                for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                    producer.send(trade(topic, symbol, System.currentTimeMillis()));
                }
                await(mysql, "kline WHERE interval_code = '1m' AND closed = 1", LATE_TRADES);
                await(mysql, "kline WHERE interval_code = '1d' AND closed = 1", SYMBOLS);
                long sent = System.nanoTime();
                sendMinutes(producer, topic, begin);
                await(mysql, "kline_correction", LATE_TRADES * INTERVALS);
                seconds = (System.nanoTime() - sent) / 1e9;
            }
            stack.requireRightCandles();
            return List.of(
                    new Reading(SECONDS, "s", seconds),
                    new Reading("corrections", "/s", LATE_TRADES * INTERVALS / seconds));
        }
    }

    /** A trade in each minute of each symbol. */
    private void sendMinutes(KafkaProducer<byte[], byte[]> producer, String topic, long begin) {
        for (int minute = 0; minute < MINUTES; minute++) {
            for (int symbol = 0; symbol < SYMBOLS; symbol++) {
                producer.send(trade(topic, symbol, begin + minute * MINUTE));
            }
        }
    }

    private ProducerRecord<byte[], byte[]> trade(String topic, int number, long time) {
        id++;
        return MadeUpTrade.record(topic, "C%02dUSDT".formatted(number), id, time);
    }

    private static void await(Statement mysql, String rows, int count) {
        if (!Await.holds(LIMIT, () -> count(mysql, rows) >= count)) {
            throw new WrongResultException(
                    "%d of %d rows of %s".formatted(count(mysql, rows), count, rows));
        }
    }

    private static int count(Statement mysql, String rows) {
        // Counting takes some of the time that is measured.
        LockSupport.parkNanos(PAUSE_NANOS);
        try (ResultSet result =
                mysql.executeQuery(
                        "SELECT COUNT(*) FROM " + EmbeddedMariaDb.DATABASE + "." + rows)) {
            result.next();
            return result.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
