package io.kline.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.history.Corrected.Stretch;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.testing.LiveTwin;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RandomMarket;
import io.kline.testing.Seeds;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The candles of the live job's core, corrected by its late trades, are the naive twin's. Both jobs
 * go back at random to where they were before, over tables that are further; checkpoints, batches,
 * attempts and rebuilt candles come at random moments. Who keeps the highest version of what was
 * published has the same candles.
 */
class LateTradesPropertyTest {

    private static final int SEEDS = 500;

    @ParameterizedTest
    @ValueSource(longs = {1, 1_000_000, 2_000_000, 3_000_000})
    void historyEqualsTheNaiveTwin(long base) throws SQLException {
        long disputes = 0;
        for (long seed : Seeds.from(base, SEEDS).toArray()) {
            Run run = new Run(seed);
            run.play();
            disputes += run.disputes;
        }
        if (Seeds.areAll()) {
            assertThat(disputes).isPositive();
        }
    }

    /** Two jobs on a random market. */
    private static final class Run {

        final RandomMarket market;
        final long seed;
        final Random random;
        final CorrectCandles correct;
        final MemoryCandles history = new MemoryCandles();
        final Map<CandleKey, Candle> published = new HashMap<>();
        final Set<CandleKey> rebuilt = new HashSet<>();
        final Set<CandleKey> uncounted = new HashSet<>();
        final List<KlineEvent> topic = new ArrayList<>();
        long disputes;

        Run(long seed) {
            this.seed = seed;
            market = new RandomMarket(seed);
            random = market.random;
            correct = new CorrectCandles(market.intervals.get(0).offset());
        }

        void play() throws SQLException {
            LiveTwin live = new LiveTwin(market, one -> publish(List.of(one)), topic::add);
            HistoryTwin job = new HistoryTwin();
            while (!live.isThrough()) {
                live.step();
                job.step();
                if (random.nextInt(20) == 0) {
                    rebuild();
                }
            }
            long end = (market.present + random.nextInt(4_000_000)) / 60_000 * 60_000;
            live.finish(end);
            job.finish();
            for (Interval interval : market.intervals) {
                List<Candle> expected =
                        compared(expected(interval, end).stream().filter(Candle::closed).toList());
                assertEqual(
                        "table",
                        compared(history.of(RandomMarket.SYMBOL, interval.code())),
                        expected);
                assertEqual(
                        "topic",
                        compared(expected.stream().map(c -> published.get(c.key())).toList()),
                        expected);
            }
        }

        private void assertEqual(String what, List<Candle> actual, List<Candle> expected) {
            for (int i = 0; i < Math.min(actual.size(), expected.size()); i++) {
                assertThat(actual.get(i))
                        .as("%s, seed %d, candle %d", what, seed, i)
                        .isEqualTo(expected.get(i));
            }
            assertThat(actual).as("%s, seed %d", what, seed).hasSameSizeAs(expected);
        }

        /** Nobody can see that a trade without a count is in a candle that was rebuilt with it. */
        private List<Candle> compared(List<Candle> candles) {
            return candles.stream()
                    .filter(c -> !rebuilt.contains(c.key()) || !uncounted.contains(c.key()))
                    .map(NaiveCandles::plain)
                    .toList();
        }

        /** Somebody brings some traded candles to what they will be in the end. */
        private void rebuild() {
            for (Candle candle : expected(market.any(market.intervals), market.present)) {
                if (candle.closed() && !candle.isFlat() && random.nextInt(3) == 0) {
                    rebuilt.add(candle.key());
                    history.write(List.of(candle));
                    publish(List.of(candle));
                }
            }
        }

        private void publish(Collection<Candle> candles) {
            candles.forEach(candle -> published.merge(candle.key(), candle, Candle::newer));
        }

        private List<Candle> expected(Interval interval, long end) {
            return NaiveCandles.of(market.trades, interval, market.carryFor(), end, end);
        }

        /** The history job; goes back to any earlier place in the topic. */
        private final class HistoryTwin {

            private final List<LateTrade> late = new ArrayList<>();
            private final List<LateTrade> covered = new ArrayList<>();
            private final List<Candle> unflushed = new ArrayList<>();
            private int position;
            private int barrier;
            private int committed;
            private int restores = random.nextInt(4);

            void step() throws SQLException {
                read(random.nextInt(20));
                if (random.nextInt(5) == 0) {
                    checkpoint();
                }
                if (restores > 0 && random.nextInt(100) < 10) {
                    restores--;
                    late.clear();
                    covered.clear();
                    // What is on its way to the table may arrive yet, or be read again.
                    flush(random.nextInt(unflushed.size() + 1));
                    unflushed.clear();
                    position = random.nextInt(committed + 1);
                    barrier = position;
                    committed = position;
                }
            }

            void finish() throws SQLException {
                read(topic.size());
                checkpoint();
                commit();
            }

            private void read(int most) {
                for (int left = most; left > 0 && position < topic.size(); left--) {
                    KlineEvent event = topic.get(position++);
                    if (event instanceof KlineEvent.Closed closed) {
                        unflushed.add(closed.candle());
                    } else if (event instanceof KlineEvent.Late one) {
                        late.add(one.late());
                    }
                }
            }

            /** Some candles behind a checkpoint are stored before what it covers is committed. */
            private void checkpoint() throws SQLException {
                if (random.nextBoolean()) {
                    commit();
                }
                flush(unflushed.size());
                barrier = position;
                covered.addAll(late);
                late.clear();
                if (random.nextBoolean()) {
                    read(random.nextInt(20));
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
                    apply(some);
                    if (random.nextInt(3) == 0) {
                        Corrected again = apply(some);
                        assertThat(again.applied()).as("seed %d", seed).isZero();
                        assertThat(again.carried()).as("seed %d", seed).isZero();
                    }
                    from = to;
                }
                covered.clear();
                committed = barrier;
            }

            private Corrected apply(List<LateTrade> some) throws SQLException {
                for (LateTrade one : some) {
                    if (one.liveCount() == LateTrade.UNKNOWN) {
                        uncounted.add(one.candle());
                    }
                }
                Corrected corrected = correct.apply(some, history);
                publish(history.read(corrected.candles()).values());
                for (Stretch stretch : corrected.flats()) {
                    CandleKey first = stretch.first();
                    publish(
                            history.after(first.at(first.openTime() - 1), 1 << 30).stream()
                                    .filter(flat -> flat.openTime() < stretch.end())
                                    .toList());
                }
                for (Dispute dispute : corrected.disputes()) {
                    assertThat(rebuilt).as("seed %d", seed).contains(dispute.candle());
                    disputes++;
                }
                return corrected;
            }
        }
    }
}
