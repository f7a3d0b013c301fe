package io.kline.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.fold.CandleOutput;
import io.kline.fold.Fold;
import io.kline.fold.SymbolCandles;
import io.kline.late.Corrected.Stretch;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.model.Version;
import io.kline.testing.NaiveCandles;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The candles of the live job's core, corrected by its late trades, are the naive twin's, whatever
 * the order of trades, clocks and checkpoints and however often trades are applied again; and no
 * version ever goes back on the topic.
 */
class LateTradesPropertyTest {

    private static final String[] CODES = {"1m", "3m", "5m", "7m", "15m", "1h", "4h", "1d", "1w"};

    @Provide
    Arbitrary<Long> seeds() {
        return Arbitraries.longs();
    }

    @Property(tries = 3000)
    void historyEqualsTheNaiveTwin(@ForAll("seeds") long seed) throws SQLException {
        Run run = new Run(seed);
        run.play();
        for (Interval interval : run.intervals) {
            List<Candle> expected =
                    NaiveCandles.of(run.trades, interval, run.end, run.end).stream()
                            .filter(Candle::closed)
                            .toList();
            List<Candle> stored =
                    run.history.of("AB", interval.code()).stream()
                            .map(NaiveCandles::plain)
                            .toList();
            for (int i = 0; i < Math.min(stored.size(), expected.size()); i++) {
                assertThat(stored.get(i))
                        .as("seed %d, interval %s, candle %d", seed, interval.code(), i)
                        .isEqualTo(expected.get(i));
            }
            assertThat(stored).as("seed %d", seed).hasSameSizeAs(expected);
            for (Candle candle : stored) {
                assertThat(run.topic.get(CandleKey.of(candle)))
                        .as("seed %d, the topic's version of %s", seed, candle)
                        .isEqualTo(candle.version());
            }
        }
    }

    /** A random market of one symbol, its trades shuffled, and random clocks and checkpoints. */
    private static final class Run implements CandleOutput {

        final Random random;
        final List<Interval> intervals = new ArrayList<>();
        final List<Trade> trades = new ArrayList<>();
        final MemoryCandles history = new MemoryCandles();
        final long lateness;
        final boolean ticks;
        long end;

        private final CorrectCandles correct;
        private final List<LateTrade> late = new ArrayList<>();
        private final List<LateTrade> covered = new ArrayList<>();
        private final List<Candle> unflushed = new ArrayList<>();
        private final Map<CandleKey, Version> topic = new HashMap<>();
        private SymbolCandles candles;
        private long watermark = Long.MIN_VALUE;

        Run(long seed) {
            random = new Random(seed);
            lateness = random.nextInt(4) * 60_000L;
            ticks = random.nextBoolean();
            ZoneOffset offset = ZoneOffset.ofTotalSeconds((random.nextInt(29 * 60) - 14 * 60) * 60);
            correct = new CorrectCandles(offset);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                Interval interval = Interval.parse(CODES[random.nextInt(CODES.length)], offset);
                if (!intervals.contains(interval)) {
                    intervals.add(interval);
                }
            }
            long time = 1_740_787_200_000L + random.nextInt(7_200_000) - 3_600_000;
            long id = random.nextInt(1000);
            int pause = 1 + random.nextInt(random.nextBoolean() ? 800_000 : 20_000);
            for (int i = 1 + random.nextInt(40); i > 0; i--) {
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
                id += 3 + random.nextInt(5);
                time += random.nextInt(3) == 0 ? 0 : random.nextInt(pause);
            }
        }

        void play() throws SQLException {
            int delay = 1 + random.nextInt(3_600_000);
            List<long[]> arrivals = new ArrayList<>();
            for (int i = 0; i < trades.size(); i++) {
                long late = random.nextInt(3) == 0 ? random.nextInt(delay) : 0;
                arrivals.add(new long[] {trades.get(i).time() + late, i});
            }
            arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
            for (long[] arrival : arrivals) {
                Trade trade = trades.get((int) arrival[1]);
                end = Math.max(end, arrival[0]);
                if (random.nextInt(3) == 0) {
                    // Other symbols move it, too.
                    advance(arrival[0]);
                }
                if (candles == null) {
                    candles = new SymbolCandles("AB", intervals, Math.max(watermark, -1) + 1);
                }
                candles.apply(Fold.of(trade), watermark, lateness, this);
                close();
                if (random.nextInt(3) == 0) {
                    advance(arrival[0]);
                }
                if (ticks && random.nextInt(6) == 0) {
                    tick(arrival[0] / 60_000 * 60_000);
                }
                if (random.nextInt(5) == 0) {
                    checkpoint();
                }
            }
            end = intervals.get(0).nextOpen(end + 3_600_000);
            watermark = end - 1;
            close();
            tick(end);
            checkpoint();
            commit();
        }

        private void advance(long now) {
            watermark = Math.max(watermark, now - random.nextInt(60_000));
            if (candles != null) {
                close();
            }
        }

        /** The timer at the end of the candle that closes next. */
        private void close() {
            if (candles.nextClose() <= watermark + 1) {
                candles.close(watermark + 1, watermark, lateness, this);
            }
        }

        private void tick(long time) {
            candles.tick(time, watermark, lateness, this);
            close();
        }

        /** Some of the candles after a checkpoint are stored before what it covers is committed. */
        private void checkpoint() throws SQLException {
            if (random.nextBoolean()) {
                commit();
            }
            flush(unflushed.size());
            covered.addAll(late);
            late.clear();
            if (random.nextBoolean()) {
                commit();
            }
        }

        private void flush(int candles) {
            List<Candle> some = unflushed.subList(0, candles);
            history.write(some);
            some.clear();
        }

        private void commit() throws SQLException {
            flush(random.nextInt(unflushed.size() + 1));
            Collections.shuffle(covered, random);
            for (int from = 0; from < covered.size(); ) {
                int to = Math.min(covered.size(), from + 1 + random.nextInt(4));
                List<LateTrade> some = covered.subList(from, to);
                publish(correct.apply(some, history));
                if (random.nextInt(3) == 0) {
                    Corrected again = correct.apply(some, history);
                    assertThat(again.applied()).isZero();
                    assertThat(again.rippled()).isZero();
                    publish(again);
                }
                from = to;
            }
            covered.clear();
        }

        private void publish(Corrected corrected) {
            history.read(corrected.candles()).values().forEach(this::published);
            for (Stretch stretch : corrected.flats()) {
                CandleKey first = stretch.first();
                List<Candle> flats =
                        history.after(first.at(first.openTime() - 1), 1 << 30).stream()
                                .filter(flat -> flat.openTime() < stretch.end())
                                .toList();
                assertThat(flats).isNotEmpty();
                flats.forEach(this::published);
            }
        }

        private void published(Candle candle) {
            Version before = topic.put(CandleKey.of(candle), candle.version());
            if (before != null && candle.version().compareTo(before) < 0) {
                throw new AssertionError("went back from " + before + " to " + candle);
            }
        }

        @Override
        public void candle(Candle candle) {
            if (candle.closed()) {
                unflushed.add(candle);
                published(candle);
            }
        }

        @Override
        public void late(Interval interval, long openTime, Fold trades, boolean carried) {
            late.add(new LateTrade(interval.code(), openTime, trades.onlyTrade("AB"), carried));
        }
    }
}
