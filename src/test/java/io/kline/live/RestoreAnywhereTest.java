package io.kline.live;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.Rules;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.KlineEvent;
import io.kline.model.Trade;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Seeds;
import io.kline.testing.StoreTwin;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One or two live jobs read three partitions. Each is stopped at any moment and comes back from any
 * of its snapshots, also amid a round of ticks, with another parallelism, another merge grid, with
 * or without ticks; partitions interleave in another way each time, and the stores stay where they
 * are. One job alone may also be stopped for another allowed lateness. In the end that changes
 * nothing, and no store ever has a candle that is not the fold of a prefix of the symbol's records.
 */
class RestoreAnywhereTest {

    private static final long NOON = at("2025-03-04T12:00:00Z");
    private static final List<String> SYMBOLS = List.of("A", "B", "C", "D");
    private static final int PARTITIONS = 3;

    static LongStream seeds() {
        return Seeds.scattered(1_000, 20250304);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theStoresEndAsTheNaiveTwin(long seed) throws Exception {
        new Market(seed).play();
    }

    /** One random market, and the jobs that read it. */
    private static final class Market {

        final long seed;
        final Random random;
        final int jobs;

        /** What a job is started with, one after the other. */
        final List<Rules> rules = new ArrayList<>();

        final List<List<Trade>> partitions = new ArrayList<>();
        final List<Trade> trades = new ArrayList<>();
        final StoreTwin stores;
        long now = NOON;

        Market(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            List<Interval> all =
                    List.of(
                            Interval.parse("1m", ZoneOffset.UTC),
                            Interval.parse("5m", ZoneOffset.UTC),
                            Interval.parse("1d", ZoneOffset.UTC));
            List<Interval> intervals = all.subList(0, 1 + random.nextInt(3));
            long[] lateness = {0, 60_000, 600_000};
            long[] carry = {NaiveCandles.FOREVER, 90_000, 600_000};
            long carryFor = carry[random.nextInt(3)];
            jobs = 1 + random.nextInt(2);
            // Two jobs would change at different trades.
            for (int i = jobs == 1 ? 1 + random.nextInt(3) : 1; i > 0; i--) {
                rules.add(new Rules(intervals, lateness[random.nextInt(3)], carryFor));
            }
            feed(1 + random.nextInt(random.nextBoolean() ? 20_000 : 900_000));
            stores =
                    new StoreTwin(
                            seed,
                            trades,
                            Collections.max(
                                    rules, Comparator.comparingLong(Rules::allowedLateness)));
        }

        /** Trades out of order within a delay, every fifth one twice. */
        private void feed(int delay) {
            List<long[]> arrivals = new ArrayList<>();
            List<Trade> all = new ArrayList<>();
            long time = NOON - random.nextInt(60_000);
            for (int id = 0; id < 100; id++) {
                String symbol = SYMBOLS.get(id < 4 ? id : random.nextInt(4));
                all.add(Trades.some(random, symbol, id, time));
                arrivals.add(new long[] {time + random.nextInt(delay), id});
                if (random.nextInt(5) == 0) {
                    arrivals.add(new long[] {time + random.nextInt(3 * delay), id});
                }
                time += random.nextInt(15_000);
            }
            arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
            for (int i = 0; i < PARTITIONS; i++) {
                partitions.add(new ArrayList<>());
            }
            for (long[] arrival : arrivals) {
                Trade trade = all.get((int) arrival[1]);
                partitions.get(SYMBOLS.indexOf(trade.symbol()) % PARTITIONS).add(trade);
                if (!trades.contains(trade)) {
                    trades.add(trade);
                }
            }
        }

        void play() throws Exception {
            List<Job> running = new ArrayList<>();
            for (int i = 0; i < jobs; i++) {
                running.add(new Job(this));
            }
            while (running.stream().anyMatch(job -> !job.isThrough())) {
                Job job = running.get(random.nextInt(jobs));
                if (!job.isThrough()) {
                    job.step();
                }
                stores.pump(random.nextInt(6));
            }
            long end = now / 60_000 * 60_000 + (1 + random.nextInt(20)) * 60_000L;
            for (Job job : running) {
                job.finish(end);
            }
            stores.pump(Integer.MAX_VALUE);
            for (String symbol : SYMBOLS) {
                for (Interval interval : rules.get(0).intervals()) {
                    verify(symbol, interval, end);
                }
            }
        }

        private void verify(String symbol, Interval interval, long end) {
            List<Trade> own = trades.stream().filter(one -> one.symbol().equals(symbol)).toList();
            List<Candle> expected =
                    NaiveCandles.of(own, interval, rules.get(0).carryFor(), end, end);
            assertThat(stores.redis(symbol, interval))
                    .as("Redis, seed %d, %s %s", seed, symbol, interval)
                    .isEqualTo(expected);
            assertThat(stores.mysql(symbol, interval))
                    .as("MySQL, seed %d, %s %s", seed, symbol, interval)
                    .isEqualTo(expected.stream().filter(Candle::closed).toList());
        }
    }

    private record Snapshot(OperatorSubtaskState state, int parallelism, int[] offsets) {}

    private static final class Job {

        private final Market market;
        private final Random random;
        private final List<Snapshot> snapshots = new ArrayList<>();
        private int[] offsets = new int[PARTITIONS];
        private final int[] furthest = new int[PARTITIONS];
        private List<LiveHarness> subtasks;
        private int crashesLeft;
        private int changes;

        Job(Market market) throws Exception {
            this.market = market;
            this.random = market.random;
            crashesLeft = random.nextInt(5);
            start(null, random.nextBoolean());
            snapshot();
        }

        boolean isThrough() {
            for (int i = 0; i < PARTITIONS; i++) {
                if (offsets[i] < market.partitions.get(i).size()) {
                    return false;
                }
            }
            return true;
        }

        void step() throws Exception {
            read(random.nextInt(PARTITIONS), 1 + random.nextInt(4));
            switch (random.nextInt(10)) {
                case 0 -> {
                    long watermark = market.now - random.nextInt(200_000);
                    for (LiveHarness subtask : subtasks) {
                        subtask.watermark(watermark);
                    }
                }
                case 1, 2 -> wallClock(market.now);
                case 3 -> snapshot();
                case 4 -> {
                    if (crashesLeft-- > 0) {
                        crash();
                    }
                }
                case 5 -> {
                    // What it read before would be decided anew.
                    if (changes < market.rules.size() - 1 && Arrays.equals(offsets, furthest)) {
                        change();
                    }
                }
                default -> {}
            }
            deliver();
        }

        /** Trades of a partition; those of a symbol travel together. */
        private void read(int partition, int most) throws Exception {
            List<Trade> all = market.partitions.get(partition);
            Map<String, List<Trade>> bundles = new LinkedHashMap<>();
            for (int i = 0; i < most && offsets[partition] < all.size(); i++) {
                Trade trade = all.get(offsets[partition]++);
                market.now = Math.max(market.now, trade.time() + random.nextInt(500));
                bundles.computeIfAbsent(trade.symbol(), any -> new ArrayList<>()).add(trade);
            }
            furthest[partition] = Math.max(furthest[partition], offsets[partition]);
            for (Map.Entry<String, List<Trade>> bundle : bundles.entrySet()) {
                subtaskOf(bundle.getKey())
                        .trades(bundle.getValue(), partition, random.nextInt(20) == 0);
            }
        }

        /** Comes back from the newest snapshot, with ticks, and lets them go on to the end. */
        void finish(long end) throws Exception {
            snapshot();
            subtasks.forEach(LiveHarness::close);
            start(snapshots.get(snapshots.size() - 1), true);
            subtasks.forEach(subtask -> subtask.takesTime(0));
            for (long after = 400; after < 20_000; after += 1_000) {
                wallClock(end + after);
            }
            subtasks.forEach(LiveHarness::close);
        }

        private void start(Snapshot from, boolean ticks) throws Exception {
            int parallelism = 1 + random.nextInt(3);
            LiveHarness.Settings settings =
                    new LiveHarness.Settings(
                            market.rules.get(changes),
                            ticks,
                            100 + random.nextInt(900),
                            start -> StoredCandles.none());
            subtasks = new ArrayList<>();
            for (int i = 0; i < parallelism; i++) {
                OperatorSubtaskState part =
                        from == null
                                ? null
                                : LiveHarness.partFor(
                                        from.state(), from.parallelism(), parallelism, i);
                subtasks.add(new LiveHarness(settings, parallelism, i, part, market.now));
            }
            // Then a round over all symbols has several turns, and anything may happen between
            // them.
            long millis = random.nextInt(6);
            subtasks.forEach(subtask -> subtask.takesTime(millis));
        }

        private void snapshot() throws Exception {
            List<OperatorSubtaskState> parts = new ArrayList<>();
            for (LiveHarness subtask : subtasks) {
                parts.add(subtask.snapshot());
            }
            deliver();
            snapshots.add(
                    new Snapshot(LiveHarness.together(parts), subtasks.size(), offsets.clone()));
        }

        private void crash() throws Exception {
            deliver();
            subtasks.forEach(LiveHarness::close);
            Snapshot from = snapshots.get(random.nextInt(snapshots.size()));
            offsets = from.offsets().clone();
            start(from, random.nextBoolean());
        }

        /**
         * Stops with a savepoint and goes on with the next rules; earlier ones are not used again.
         */
        private void change() throws Exception {
            snapshot();
            subtasks.forEach(LiveHarness::close);
            snapshots.subList(0, snapshots.size() - 1).clear();
            changes++;
            start(snapshots.get(0), random.nextBoolean());
        }

        private void wallClock(long now) throws Exception {
            for (LiveHarness subtask : subtasks) {
                subtask.wallClock(now);
            }
            deliver();
        }

        private void deliver() {
            for (LiveHarness subtask : subtasks) {
                subtask.candles.forEach(market.stores::issue);
                subtask.candles.clear();
                for (KlineEvent event : subtask.events) {
                    market.stores.publish(event);
                }
                subtask.events.clear();
            }
        }

        private LiveHarness subtaskOf(String symbol) {
            return subtasks.get(
                    KeyGroupRangeAssignment.assignKeyToParallelOperator(
                            symbol, LiveHarness.MAX_PARALLELISM, subtasks.size()));
        }
    }
}
