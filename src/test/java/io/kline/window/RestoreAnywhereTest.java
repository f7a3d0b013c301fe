package io.kline.window;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.store.KlineEvent;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The keyed operators under a seeded scheduler: between any two records there may be watermarks,
 * timers, snapshots, and crashes, after which the job comes back from the last snapshot, often with
 * another parallelism, and is given what came after it once more. In the end that changes nothing.
 */
class RestoreAnywhereTest {

    private static final long NOON = at("2025-03-04T12:00:00Z");
    private static final List<String> SYMBOLS = List.of("A", "B", "C", "D");

    static List<Long> seeds() {
        return new Random(20250304).longs(200).boxed().toList();
    }

    /**
     * Everything is within the allowed lateness: a store that keeps the highest version is exact.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void theStoreEqualsTheNaiveTwin(long seed) throws Exception {
        Run run = new Run(seed, 600_000, 20_000);
        run.play();
        for (Interval interval : run.intervals) {
            for (String symbol : SYMBOLS) {
                List<Trade> own = run.tradesOf(symbol);
                long end = own.stream().mapToLong(Trade::time).max().orElseThrow();
                for (Candle expected : NaiveCandles.of(own, interval, end, 0)) {
                    assertThat(run.store.get(CandleKey.of(expected)))
                            .as("seed %d", seed)
                            .usingRecursiveComparison()
                            .ignoringFields("closed")
                            .isEqualTo(expected);
                }
            }
        }
        assertThat(run.pending).as("seed %d", seed).isZero();
    }

    /** Some trades are late: each is in its candle, or told as late, once and never both. */
    @ParameterizedTest
    @MethodSource("seeds")
    void everyTradeIsInItsCandleOrLateOnTheTopic(long seed) throws Exception {
        Run run = new Run(seed, 30_000, 240_000);
        run.play();
        Set<LateTrade> late = new HashSet<>();
        Map<CandleKey, Candle> topic = new HashMap<>();
        for (KlineEvent event : run.topic) {
            if (event.late() != null) {
                assertThat(late.add(event.late())).as("seed %d: late once", seed).isTrue();
                continue;
            }
            Candle candle = NaiveCandles.plain(event.candle());
            Candle before = topic.put(CandleKey.of(candle), candle);
            assertThat(before == null ? candle.version() : before.version())
                    .as("seed %d: a version on the topic never goes back", seed)
                    .isLessThanOrEqualTo(candle.version());
        }
        for (Interval interval : run.intervals) {
            for (String symbol : SYMBOLS) {
                List<Trade> inTime = new ArrayList<>(run.tradesOf(symbol));
                late.stream()
                        .filter(one -> one.interval().equals(interval.code()))
                        .forEach(one -> inTime.remove(one.trade()));
                if (inTime.isEmpty()) {
                    continue;
                }
                for (Candle expected : NaiveCandles.of(inTime, interval, run.latest(), 0)) {
                    Candle told = topic.get(CandleKey.of(expected));
                    if (!expected.isFlat() && told != null) {
                        assertThat(told)
                                .as("seed %d", seed)
                                .usingRecursiveComparison()
                                .ignoringFields("closed")
                                .isEqualTo(expected);
                    }
                    boolean isOver = expected.closeTime() <= run.watermark;
                    assertThat(told != null || expected.isFlat() || !isOver)
                            .as("seed %d: %s is on the topic", seed, expected)
                            .isTrue();
                }
            }
        }
    }

    /** One random market and what happens to the job that reads it. */
    private static final class Run {

        final Random random;
        final List<Interval> intervals;
        final List<Trade> feed;

        /** What Redis holds: the highest versions, also of what no checkpoint has. */
        final Map<CandleKey, Candle> store = new HashMap<>();

        /** What readers of committed events see. */
        final List<KlineEvent> topic = new ArrayList<>();

        long watermark = Long.MIN_VALUE;
        int pending;

        private final long lateness;
        private List<KeyedChain> subtasks;
        private KeyedChain.Snapshot snapshot;
        private int snapshotParallelism;
        private int snapshotAt;
        private long snapshotWatermark = watermark;
        private long now = NOON;
        private int crashes;

        Run(long seed, long lateness, int delay) throws Exception {
            random = new Random(seed);
            this.lateness = lateness;
            List<Interval> all =
                    List.of(
                            Interval.parse("1m", ZoneOffset.UTC),
                            Interval.parse("5m", ZoneOffset.UTC),
                            Interval.parse("1d", ZoneOffset.UTC));
            intervals = all.subList(0, 1 + random.nextInt(3));
            feed = feed(delay);
            start(1 + random.nextInt(3));
            takeSnapshot(0);
        }

        void play() throws Exception {
            for (int i = 0; i < feed.size(); i++) {
                switch (random.nextInt(8)) {
                    case 0 -> {
                        watermark = Math.max(watermark, feed.get(i).time() - 30_000);
                        for (KeyedChain subtask : subtasks) {
                            subtask.watermark(watermark);
                        }
                    }
                    case 1 -> {
                        now = Math.max(now, feed.get(i).time() + random.nextInt(500));
                        wallClock();
                    }
                    case 2 -> takeSnapshot(i);
                    case 3 -> {
                        if (crashes++ < 3) {
                            crash();
                            i = snapshotAt;
                        }
                    }
                    default -> {}
                }
                subtaskOf(feed.get(i).symbol()).trade(feed.get(i));
            }
            now += 1_000;
            wallClock();
            takeSnapshot(feed.size());
            pending = subtasks.stream().mapToInt(KeyedChain::pendingEntries).sum();
            subtasks.forEach(KeyedChain::close);
        }

        List<Trade> tradesOf(String symbol) {
            return feed.stream().filter(one -> one.symbol().equals(symbol)).distinct().toList();
        }

        long latest() {
            return feed.stream().mapToLong(Trade::time).max().orElseThrow();
        }

        private void start(int parallelism) throws Exception {
            KeyedChain.Settings settings =
                    new KeyedChain.Settings(intervals, lateness, random.nextBoolean());
            subtasks = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                KeyedChain.Snapshot part =
                        snapshot == null
                                ? null
                                : snapshot.partFor(snapshotParallelism, parallelism, i);
                subtasks.add(new KeyedChain(settings, parallelism, i, part, now));
            }
        }

        /** As a checkpoint does: what was told before it is now committed. */
        private void takeSnapshot(int at) throws Exception {
            List<KeyedChain.Snapshot> parts = new ArrayList<>();
            for (KeyedChain subtask : subtasks) {
                parts.add(subtask.snapshot());
                keepHighest(subtask);
                topic.addAll(subtask.events);
                subtask.events.clear();
            }
            snapshot = KeyedChain.Snapshot.together(parts);
            snapshotParallelism = subtasks.size();
            snapshotAt = at;
            snapshotWatermark = watermark;
        }

        private void crash() throws Exception {
            subtasks.forEach(this::keepHighest);
            subtasks.forEach(KeyedChain::close);
            watermark = snapshotWatermark;
            start(1 + random.nextInt(3));
        }

        private void wallClock() throws Exception {
            for (KeyedChain subtask : subtasks) {
                subtask.wallClock(now);
            }
        }

        private KeyedChain subtaskOf(String symbol) {
            return subtasks.get(
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            symbol, KeyedChain.MAX_PARALLELISM, subtasks.size()));
        }

        private void keepHighest(KeyedChain subtask) {
            for (Candle candle : subtask.candles) {
                store.merge(
                        CandleKey.of(candle),
                        NaiveCandles.plain(candle),
                        (old, more) -> more.version().compareTo(old.version()) >= 0 ? more : old);
            }
            subtask.candles.clear();
        }

        /** Trades out of order within a delay, every fifth one twice. */
        private List<Trade> feed(int delay) {
            List<long[]> arrivals = new ArrayList<>();
            List<Trade> trades = new ArrayList<>();
            long time = NOON + random.nextInt(60_000);
            for (int id = 0; id < 100; id++) {
                String symbol = SYMBOLS.get(id < 4 ? id : random.nextInt(4));
                trades.add(Trades.some(random, symbol, id, time));
                arrivals.add(new long[] {time + random.nextInt(delay), id});
                if (random.nextInt(5) == 0) {
                    arrivals.add(new long[] {time + random.nextInt(3 * delay), id});
                }
                time += random.nextInt(15_000);
            }
            arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
            return arrivals.stream().map(arrival -> trades.get((int) arrival[1])).toList();
        }
    }
}
