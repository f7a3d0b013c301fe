package io.kline.candle;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.NaiveCandles;
import io.kline.testing.StoreTwin;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ends up in the stores depends on the records of a symbol and nothing else. One or two jobs
 * read them; each goes back at random to any of its earlier snapshots, over stores that are
 * further. Merges, watermarks, ticks and the corrector come at random moments.
 */
class AnySnapshotTest {

    private static final long START = 1_740_787_200_000L;
    private static final String[] CODES = {"1m", "3m", "5m", "1h", "4h", "1d", "3d", "1w", "1M"};
    private static final int SEEDS = 250;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 2_000_000, 3_000_000})
    void theStoresEndAsTheNaiveTwin(long base) {
        for (long seed = base; seed < base + SEEDS; seed++) {
            new Run(seed).play();
        }
    }

    private static final class Run {
        final long seed;
        final Random random;
        final List<Interval> intervals = new ArrayList<>();
        final List<Trade> records = new ArrayList<>();
        final List<Trade> distinct = new ArrayList<>();
        final Rules rules;
        final StoreTwin stores;
        long present;

        Run(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(29 * 60) - 14 * 60) * 60);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                Interval interval = Interval.parse(CODES[random.nextInt(CODES.length)], offset);
                if (!intervals.contains(interval)) {
                    intervals.add(interval);
                }
            }
            long[] lateness = {0, 60_000, 600_000, 3_600_000};
            long[] carry = {NaiveCandles.FOREVER, 60_000, 1_200_000, 7_200_000, 3 * 86_400_000L};
            rules =
                    new Rules(
                            intervals,
                            lateness[random.nextInt(lateness.length)],
                            carry[random.nextInt(carry.length)]);
            trades();
            stores = new StoreTwin(seed, distinct, rules);
        }

        private void trades() {
            long time = START + random.nextInt(7_200_000);
            long id = random.nextInt(1_000);
            int[] pauses = {1, 500, 20_000, 200_000, 3_000_000};
            int pause = pauses[1 + random.nextInt(4)];
            for (int i = 5 + random.nextInt(100); i > 0; i--) {
                time += random.nextInt(3) == 0 ? 0 : random.nextInt(pause);
                boolean isDelayed = random.nextInt(100) < 40;
                long delay = isDelayed ? random.nextInt(pauses[random.nextInt(5)] * 3) : 0;
                Trade trade =
                        new Trade(
                                "AB",
                                id,
                                id + random.nextInt(3),
                                BigDecimal.valueOf(1 + random.nextInt(50), random.nextInt(6)),
                                BigDecimal.valueOf(1 + random.nextInt(50), random.nextInt(6)),
                                time - delay,
                                random.nextBoolean());
                records.add(trade);
                distinct.add(trade);
                id = trade.lastId() + 1 + random.nextInt(2);
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                int of = random.nextInt(records.size());
                // Behind the original: what came before it would be the first.
                Trade again = records.get(of);
                int first = records.indexOf(again);
                records.add(first + 1 + random.nextInt(records.size() - first), again);
            }
        }

        void play() {
            List<Job> jobs = new ArrayList<>();
            for (int i = 1 + random.nextInt(2); i > 0; i--) {
                jobs.add(new Job());
            }
            while (jobs.stream().anyMatch(job -> job.position < records.size())) {
                Job job = jobs.get(random.nextInt(jobs.size()));
                if (job.position < records.size()) {
                    job.step();
                }
                stores.pump(random.nextInt(4));
            }
            long end = present + random.nextInt(4_000_000);
            for (Job job : jobs) {
                job.finish(end);
            }
            stores.pump(Integer.MAX_VALUE);
            for (Interval interval : intervals) {
                // A tick opens the candle that holds its minute.
                long minute = end / 60_000 * 60_000;
                List<Candle> expected =
                        NaiveCandles.of(distinct, interval, rules.carryFor(), minute, minute);
                assertThat(stores.redis("AB", interval))
                        .as("Redis, seed %d, %s", seed, interval)
                        .isEqualTo(expected);
                assertThat(stores.mysql("AB", interval))
                        .as("MySQL, seed %d, %s", seed, interval)
                        .isEqualTo(expected.stream().filter(Candle::closed).toList());
            }
        }

        private final class Job {
            final List<SymbolCandles> snapshots = new ArrayList<>();
            final List<Integer> positions = new ArrayList<>();
            final CandleOutput out = stores.output();
            SymbolCandles candles = new SymbolCandles("AB", rules);
            int position;
            int restores = random.nextInt(8);
            long now = 1;

            Job() {
                snapshot();
            }

            void step() {
                Trade trade = records.get(position++);
                present = Math.max(present, trade.time());
                candles.offer(trade, rules);
                now += random.nextInt(2_000);
                if (random.nextInt(100) < 40) {
                    long watermark = random.nextBoolean() ? 0 : any();
                    candles.merge(watermark, now, rules, out);
                }
                if (random.nextInt(100) < 15) {
                    candles.tick(any(), now, rules, out);
                }
                if (random.nextInt(100) < 30) {
                    candles.fill(now, 1 + random.nextInt(50), rules, out);
                }
                if (random.nextInt(100) < 5) {
                    candles.reissue(rules, out);
                }
                if (random.nextInt(100) < 20) {
                    snapshot();
                }
                if (restores > 0 && random.nextInt(100) < 10) {
                    restores--;
                    int at = random.nextInt(snapshots.size());
                    candles = snapshots.get(at).copy();
                    position = positions.get(at);
                }
            }

            /** Rather now than long ago. */
            private long any() {
                return present - (long) (random.nextDouble() * random.nextDouble() * 3e6);
            }

            private void snapshot() {
                snapshots.add(candles.copy());
                positions.add(position);
            }

            void finish(long end) {
                candles.tick(end, now, rules, out);
                while (candles.nextFill() != Long.MAX_VALUE) {
                    now = Math.max(now, candles.nextFill());
                    candles.fill(now, 100, rules, out);
                }
            }
        }
    }
}
