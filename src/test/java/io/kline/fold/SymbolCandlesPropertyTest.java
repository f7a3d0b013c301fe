package io.kline.fold;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.NaiveCandles;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The incremental candles equal the naive twin's, whatever the order of trades, watermarks and
 * ticks.
 */
class SymbolCandlesPropertyTest {

    private static final long FOREVER = Long.MAX_VALUE / 2;
    private static final String[] CODES = {
        "1m", "3m", "5m", "7m", "10m", "15m", "1h", "2h", "4h", "12h", "1d", "3d", "1w", "2w", "1M",
        "3M"
    };

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Property(tries = 1000)
    void anyOrderEqualsTheNaiveTwin(@ForAll("seeds") long seed) {
        Run run = new Run(seed, FOREVER);
        run.play();
        long lastTrade = run.latestTrade();
        for (Interval interval : run.intervals) {
            long end = Math.max(lastTrade, run.ticked);
            List<Candle> expected = NaiveCandles.of(run.trades, interval, end, run.candles.clock());
            assertThat(run.book.of(interval))
                    .as("seed %d, interval %s", seed, interval.code())
                    .isEqualTo(expected);
        }
        assertThat(run.book.late).isEmpty();
    }

    @Property(tries = 1000)
    void everyTradeIsInItsCandleOrLate(@ForAll("seeds") long seed) {
        Run run = new Run(seed, run(seed).nextInt(4) * 60_000L);
        run.play();
        Set<String> late = new HashSet<>(run.book.late);
        assertThat(late).hasSameSizeAs(run.book.late);
        for (Interval interval : run.intervals) {
            List<Trade> inTime = new ArrayList<>(run.trades);
            inTime.removeIf(
                    trade ->
                            late.contains(
                                    interval.code()
                                            + " "
                                            + interval.openOf(trade.time())
                                            + " "
                                            + trade.id()));
            if (inTime.isEmpty()) {
                continue;
            }
            long clock = run.candles.clock();
            for (Candle expected : NaiveCandles.of(inTime, interval, run.latestTrade(), clock)) {
                if (expected.isFlat()) {
                    continue;
                }
                assertThat(run.book.candles.get(interval.code()).get(expected.openTime()))
                        .as("seed %d, interval %s", seed, interval.code())
                        .isEqualTo(expected);
            }
            assertNoHole(run.book.of(interval), interval, late, seed);
        }
    }

    private static void assertNoHole(
            List<Candle> candles, Interval interval, Set<String> late, long seed) {
        for (int i = 1; i < candles.size(); i++) {
            long expected = interval.nextOpen(candles.get(i - 1).openTime());
            String prefix = interval.code() + " " + expected + " ";
            boolean isLeftToTheCorrector = late.stream().anyMatch(one -> one.startsWith(prefix));
            if (!isLeftToTheCorrector) {
                assertThat(candles.get(i).openTime()).as("seed %d", seed).isEqualTo(expected);
            }
        }
    }

    private static Random run(long seed) {
        return new Random(seed ^ 0x5DEECE66DL);
    }

    /**
     * A random market of one symbol, its trades shuffled within a random delay, and random clocks.
     */
    private static final class Run {

        final Random random;
        final List<Interval> intervals = new ArrayList<>();
        final List<Trade> trades = new ArrayList<>();
        final CandleBook book = new CandleBook();
        final long lateness;
        SymbolCandles candles;
        long watermark = Long.MIN_VALUE;
        long ticked = Long.MIN_VALUE;

        Run(long seed, long lateness) {
            this.random = new Random(seed);
            this.lateness = lateness;
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(29 * 60) - 14 * 60) * 60);
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                Interval interval = Interval.parse(CODES[random.nextInt(CODES.length)], offset);
                if (!intervals.contains(interval)) {
                    intervals.add(interval);
                }
            }
            long time = 1_740_787_200_000L + random.nextInt(7_200_000) - 3_600_000;
            long id = random.nextInt(1000);
            int pause = 1 + random.nextInt(random.nextBoolean() ? 400_000 : 20_000);
            for (int i = 1 + random.nextInt(60); i > 0; i--) {
                trades.add(
                        new Trade(
                                "AB",
                                id,
                                new BigDecimal(1 + random.nextInt(50))
                                        .movePointLeft(random.nextInt(6)),
                                new BigDecimal(1 + random.nextInt(50))
                                        .movePointLeft(random.nextInt(6)),
                                time,
                                random.nextBoolean(),
                                id,
                                id + random.nextInt(3)));
                id += 1 + random.nextInt(5);
                time += random.nextInt(3) == 0 ? 0 : random.nextInt(pause);
            }
        }

        long latestTrade() {
            return trades.stream().mapToLong(Trade::time).max().orElseThrow();
        }

        void play() {
            int delay = 1 + random.nextInt(600_000);
            List<long[]> arrivals = new ArrayList<>();
            for (int i = 0; i < trades.size(); i++) {
                arrivals.add(new long[] {trades.get(i).time() + random.nextInt(delay), i});
            }
            arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
            for (long[] arrival : arrivals) {
                Trade trade = trades.get((int) arrival[1]);
                if (candles == null) {
                    candles = new SymbolCandles("AB", intervals, Math.max(watermark, -1) + 1);
                }
                candles.apply(Fold.of(trade), watermark, lateness, book);
                if (random.nextInt(3) == 0) {
                    watermark = Math.max(watermark, trade.time() - random.nextInt(60_000));
                    candles.close(watermark + 1, watermark, lateness, book);
                }
                if (random.nextInt(6) == 0) {
                    ticked = Math.max(ticked, arrival[0] / 60_000 * 60_000);
                    candles.tick(ticked, watermark, lateness, book);
                }
                if (random.nextInt(10) == 0) {
                    candles = candles.copy();
                }
            }
        }
    }
}
