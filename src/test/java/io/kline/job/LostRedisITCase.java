package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.model.Version;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Servers;
import io.kline.testing.TestRedis;
import io.kline.tools.cluster.KlineChannels;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * What Redis has lost comes back by itself while both jobs run. The live job writes again what it
 * remembers; the candles of the day before are in MySQL alone.
 */
class LostRedisITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Midnight. */
    private static final long START = 1_741_046_400_000L;

    private static final long STEP = 17_000;
    private static final int SIZE = 300;
    private static final String BUSY = "BUSYUSDT";
    private static final String QUIET = "QUIETUSDT";

    @TempDir Path folder;

    /** Messages arrive later than what they report can be read: each way is watched by itself. */
    private final Map<CandleKey, Version> onChannel = new ConcurrentHashMap<>();

    private final Map<CandleKey, Version> inStore = new ConcurrentHashMap<>();
    private final Queue<String> wentBack = new ConcurrentLinkedQueue<>();
    private final Queue<Candle> published = new ConcurrentLinkedQueue<>();
    private int busyTrades = 300;
    private RunningJobs jobs;

    @Test
    void flushedHistoriesAndHoles() throws Exception {
        Database database = Servers.newDatabase();
        try (TestRedis redis = TestRedis.started();
                Jedis client = redis.client();
                RunningJobs running = start(redis, database)) {
            jobs = running;
            store(redis, database, BUSY);
            store(redis, database, QUIET);
            for (int id = 0; id < 300; id++) {
                send(BUSY, id);
                send(QUIET, id);
            }
            KlineChannels channels = new KlineChannels(redis.settings(SIZE), this::published);
            awaitWhole();

            client.flushAll();
            send(BUSY, busyTrades++);
            awaitWhole();
            assertThat(client.smembers(RedisKeys.SYMBOLS)).containsExactlyInAnyOrder(BUSY, QUIET);

            String history = RedisKeys.history(BUSY, "1m");
            client.zremrangeByRank(history, 240, 259);
            client.zremrangeByRank(history, -2, -2);
            awaitWhole();

            channels.close();
            assertThat(wentBack).isEmpty();
            assertThat(published).noneMatch(candle -> candle.openTime() < START);
            assertThat(jobs.restarts(jobs.live)).isZero();
            assertThat(jobs.restarts(jobs.history)).isZero();
        }
    }

    private RunningJobs start(TestRedis redis, Database database) throws Exception {
        return RunningJobs.start(
                new RunningJobs.Stores(Servers.kafka().address(), redis.node(), database),
                folder,
                "--kline.ticks=off",
                "--kline.intervals=1m,5m,1h,1d",
                "--redis.history.size=" + SIZE,
                "--redis.reassert-interval=10s",
                "--redis.heal-interval=5s");
    }

    /** What an earlier backfill has left in MySQL. */
    private void store(TestRedis redis, Database database, String symbol) throws Exception {
        try (CandleStores stores = new CandleStores(redis.node(), database)) {
            for (Interval interval : jobs.options.kline.intervals()) {
                stores.toMysql(
                        expected(symbol, interval).stream()
                                .filter(candle -> candle.openTime() < START)
                                .toList());
            }
        }
    }

    private void send(String symbol, int id) {
        jobs.send(symbol, List.of(RecordedTrades.event(trade(symbol, id))));
    }

    private void awaitWhole() throws Exception {
        Await.until(
                PATIENCE,
                () -> {
                    for (Interval interval : jobs.options.kline.intervals()) {
                        assertWhole(BUSY, interval);
                        assertWhole(QUIET, interval);
                    }
                });
    }

    private void assertWhole(String symbol, Interval interval) {
        List<Candle> expected = expected(symbol, interval);
        int last = expected.size() - 1;
        List<Candle> history = jobs.recent(symbol, interval.code());
        history.forEach(candle -> note(inStore, candle));
        assertThat(history)
                .as("%s %s", symbol, interval)
                .isEqualTo(expected.subList(Math.max(0, last - SIZE), last));
        Candle latest = jobs.latest(symbol, interval.code());
        assertThat(latest).as("latest of %s %s", symbol, interval).isNotNull();
        note(inStore, latest);
        assertThat(latest.key()).isEqualTo(expected.get(last).key());
        assertThat(latest.count()).isEqualTo(expected.get(last).count());
    }

    private void published(Candle candle) {
        published.add(candle);
        note(onChannel, candle);
    }

    private void note(Map<CandleKey, Version> seen, Candle candle) {
        Version version = candle.version();
        Version before = seen.put(candle.key(), version);
        if (before != null && before.compareTo(version) > 0) {
            wentBack.add(candle.key() + " from " + before + " to " + version);
        }
    }

    /** Trades of five hours before midnight, too, which the live job has never seen. */
    private List<Candle> expected(String symbol, Interval interval) {
        List<Trade> trades = new ArrayList<>();
        int count = symbol.equals(BUSY) ? busyTrades : 300;
        for (int id = -18_000_000 / (int) STEP; id < count; id++) {
            trades.add(trade(symbol, id));
        }
        long end = trades.get(trades.size() - 1).time();
        return NaiveCandles.of(trades, interval, end, end - 1_000);
    }

    private static Trade trade(String symbol, int id) {
        int number = id + 10_000;
        return new Trade(
                symbol,
                number,
                number,
                BigDecimal.valueOf(100 + number % 7),
                BigDecimal.valueOf(1 + number % 3),
                START + id * STEP,
                number % 2 == 0);
    }
}
