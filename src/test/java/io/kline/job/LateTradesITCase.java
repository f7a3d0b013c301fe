package io.kline.job;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.Await;
import io.kline.testing.KlinesTopicReader;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Trades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trades that come half an hour and more too late are in every candle in the end: in MySQL, in
 * Redis and on the topic, also when the history job is restarted meanwhile.
 */
class LateTradesITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final long BEGIN = at("2025-03-04T02:00:30Z");

    /** Its trades in time move the watermark. */
    private static final String MOVER = "MOVER";

    /** Its first trade already is late. */
    private static final String SLEEPER = "SLEEPER";

    @TempDir Path folder;

    private final Random random = new Random(7);
    private final List<Trade> inTime = new ArrayList<>();
    private final List<Trade> late = new ArrayList<>();

    @BeforeEach
    void trades() {
        for (int i = 0; i < 60; i++) {
            Trade trade =
                    trade(MOVER, 1_000 + 10 * i, BEGIN + i * 5 * MINUTE + random.nextInt(100_000));
            boolean isLate = i > 5 && i < 50 && random.nextInt(3) == 0;
            (isLate ? late : inTime).add(trade);
        }
        // At the same time as another, and of the same candle, before and after it.
        Trade some = inTime.get(5);
        late.add(trade(MOVER, some.id() - 1, some.time()));
        late.add(trade(MOVER, some.id() + 1, some.time()));
        late.add(trade(MOVER, some.id() + 2, some.time() + 3 * MINUTE));
        // Older than everything: history begins three hours earlier.
        late.add(trade(MOVER, 10, BEGIN - 3 * HOUR));
        late.add(trade(SLEEPER, 500, BEGIN + HOUR));
        late.add(trade(SLEEPER, 300, BEGIN));
        late.add(trade(SLEEPER, 700, BEGIN + 3 * HOUR));
        late.add(trade(SLEEPER, 600, BEGIN + 2 * HOUR));
    }

    @Test
    void allOfThemAtOnce() throws Exception {
        RunningJobs.Stores stores = RunningJobs.Stores.shared();
        try (RunningJobs jobs = start(stores)) {
            send(jobs, late);
            assertExact(jobs, stores);
            jobs.awaitMetric(jobs.history, "correctionsApplied", corrections(jobs));
            assertThat(jobs.restarts(jobs.history)).isZero();
        }
    }

    @Test
    void whileTheHistoryJobIsRestarted() throws Exception {
        RunningJobs.Stores stores = RunningJobs.Stores.shared();
        try (RunningJobs jobs = start(stores)) {
            int part = late.size() / 3;
            send(jobs, late.subList(0, part));
            Await.until(PATIENCE, () -> assertThat(ledger(stores)).isPositive());
            jobs.cluster.cancel(jobs.history);
            send(jobs, late.subList(part, 2 * part));
            jobs.startHistory();
            send(jobs, late.subList(2 * part, late.size()));
            long before = ledger(stores);
            Await.until(PATIENCE, () -> assertThat(ledger(stores)).isGreaterThan(before));
            jobs.cluster.cancel(jobs.history);
            jobs.startHistory();
            assertExact(jobs, stores);
        }
    }

    /** The corrected candles on the topic must not make the late trades count twice. */
    @Test
    void theTableBuiltAnewFromTheTopic() throws Exception {
        RunningJobs.Stores stores = RunningJobs.Stores.shared();
        try (RunningJobs jobs = start(stores)) {
            send(jobs, late);
            assertExact(jobs, stores);
            jobs.cluster.cancel(jobs.history);
            try (Connection connection = stores.mysql().connect();
                    Statement sql = connection.createStatement()) {
                sql.execute("DELETE FROM kline");
                sql.execute("DELETE FROM kline_correction");
            }
            Files.move(folder.resolve("history"), folder.resolve("before"));
            jobs.options.kafka.groupId += "-anew";
            jobs.startHistory();
            Await.until(PATIENCE, () -> assertThat(ledger(stores)).isEqualTo(corrections(jobs)));
            List<Trade> trades = of(MOVER, all());
            for (Interval interval : jobs.options.kline.intervals()) {
                List<Candle> expected =
                        NaiveCandles.of(trades, interval, clock() - 1, clock()).stream()
                                .filter(Candle::closed)
                                .toList();
                Await.until(
                        PATIENCE, () -> assertSame(jobs.stored(MOVER, interval.code()), expected));
            }
        }
    }

    /** Both jobs, after the trades in time have moved the watermark over all but the last. */
    private RunningJobs start(RunningJobs.Stores stores) throws Exception {
        RunningJobs jobs = RunningJobs.start(stores, folder, "--kline.ticks", "off");
        try (var redis = jobs.redis()) {
            redis.flushAll();
        }
        send(jobs, inTime);
        long closed =
                NaiveCandles.of(inTime, jobs.options.kline.intervals().get(0), clock(), clock())
                                .size()
                        - 1;
        Await.until(PATIENCE, () -> assertThat(jobs.stored(MOVER, "1m")).hasSize((int) closed));
        return jobs;
    }

    private void assertExact(RunningJobs jobs, RunningJobs.Stores stores) throws Exception {
        Await.until(PATIENCE, () -> assertThat(ledger(stores)).isEqualTo(corrections(jobs)));
        List<Trade> all = all();
        long lastTrade = all.stream().mapToLong(Trade::time).max().orElseThrow();
        Await.until(
                PATIENCE,
                () -> {
                    List<Candle> topic = KlinesTopicReader.candles(jobs.options.kafka.klinesTopic);
                    for (Interval interval : jobs.options.kline.intervals()) {
                        assertExact(jobs, topic, interval, of(MOVER, all), lastTrade);
                        assertExact(jobs, topic, interval, of(SLEEPER, all), BEGIN + 3 * HOUR);
                    }
                });
    }

    private void assertExact(
            RunningJobs jobs, List<Candle> topic, Interval interval, List<Trade> trades, long end)
            throws Exception {
        String symbol = trades.get(0).symbol();
        List<Candle> expected = NaiveCandles.of(trades, interval, end, clock());
        int last = expected.size() - 1;
        List<Candle> closed = expected.stream().filter(Candle::closed).toList();
        assertSame(jobs.stored(symbol, interval.code()), closed);
        assertSame(newest(topic, symbol, interval.code()), closed);
        assertSame(jobs.recent(symbol, interval.code()), expected.subList(0, last));
        assertThat(jobs.latest(symbol, interval.code())).isEqualTo(expected.get(last));
    }

    private List<Trade> all() {
        List<Trade> all = new ArrayList<>(inTime);
        all.addAll(late);
        return all;
    }

    /** The highest version of each candle. */
    private static Collection<Candle> newest(List<Candle> topic, String symbol, String interval) {
        Map<Long, Candle> highest = new TreeMap<>();
        for (Candle candle : topic) {
            if (candle.key().equals(new CandleKey(symbol, interval, candle.openTime()))) {
                highest.merge(
                        candle.openTime(), candle, (before, more) -> Candle.newer(more, before));
            }
        }
        return highest.values();
    }

    private static void assertSame(Collection<Candle> actual, List<Candle> expected) {
        List<Candle> candles = List.copyOf(actual);
        for (int i = 0; i < Math.min(candles.size(), expected.size()); i++) {
            assertThat(candles.get(i)).isEqualTo(expected.get(i));
        }
        assertThat(candles).hasSameSizeAs(expected);
    }

    private static void send(RunningJobs jobs, List<Trade> trades) {
        trades.forEach(trade -> jobs.send(trade.symbol(), List.of(RecordedTrades.event(trade))));
    }

    /** How many candles the late trades missed. */
    private long corrections(RunningJobs jobs) {
        long lateness = jobs.options.kline.allowedLateness.toMillis();
        Map<String, Long> newest = new HashMap<>();
        long count = 0;
        for (Trade trade : all()) {
            long high = newest.merge(trade.symbol(), trade.time(), Math::max);
            for (Interval interval : jobs.options.kline.intervals()) {
                long end = interval.nextOpen(interval.openOf(trade.time()));
                if (end + lateness <= high) {
                    count++;
                }
            }
        }
        return count;
    }

    /** The first ms that the watermark has not passed: one second behind the last trade in time. */
    private long clock() {
        return inTime.stream().mapToLong(Trade::time).max().orElseThrow() - 1_000;
    }

    private static long ledger(RunningJobs.Stores stores) throws Exception {
        try (Connection connection = stores.mysql().connect();
                Statement sql = connection.createStatement();
                ResultSet count = sql.executeQuery("SELECT COUNT(*) FROM kline_correction")) {
            count.next();
            return count.getLong(1);
        }
    }

    private static List<Trade> of(String symbol, List<Trade> trades) {
        return trades.stream()
                .filter(trade -> trade.symbol().equals(symbol))
                .sorted(Comparator.comparingLong(Trade::id))
                .toList();
    }

    private Trade trade(String symbol, long id, long time) {
        return Trades.some(random, symbol, id, time);
    }
}
