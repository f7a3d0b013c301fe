package io.kline.window;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.continuity.StoredCandles;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class KeyedChainTest {

    private static final long LATENESS = Duration.ofMinutes(10).toMillis();
    private static final List<Interval> MINUTE = List.of(Interval.parse("1m", ZoneOffset.UTC));
    private static final long NOON = at("2025-03-04T12:00:00Z");

    @Test
    void mergesTradesOfOneMergeInterval() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00.100Z", "10"));
            chain.trade(trade("A", 2, "2025-03-04T12:00:00.200Z", "12"));
            chain.trade(trade("B", 1, "2025-03-04T12:00:00.200Z", "7"));
            assertThat(chain.candles).isEmpty();
            chain.wallClock(NOON + 333);
            assertThat(chain.candles)
                    .extracting(Candle::symbol)
                    .containsExactlyInAnyOrder("A", "B");
            assertThat(chain.candles).extracting(Candle::count).containsExactlyInAnyOrder(2L, 1L);
            assertThat(chain.pendingEntries()).isZero();
            assertThat(chain.events).isEmpty();
        }
    }

    @Test
    void closesAtTheWatermarkWithEverythingMergedBefore() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:59.999Z", "10"));
            chain.trade(trade("A", 2, "2025-03-04T12:01:00Z", "11"));
            chain.watermark(at("2025-03-04T12:00:59.998Z"));
            assertThat(chain.candles).isEmpty();
            chain.watermark(at("2025-03-04T12:00:59.999Z"));
            assertThat(chain.events)
                    .extracting(event -> event.candle().openTime())
                    .containsExactly(NOON);
            assertThat(chain.events.get(0).candle().count()).isEqualTo(1);
            assertThat(chain.candles)
                    .extracting(Candle::openTime, Candle::closed)
                    .containsExactly(
                            tuple(NOON, false), tuple(NOON + 60_000, false), tuple(NOON, true));
        }
    }

    /** No other watermark may ever come. */
    @Test
    void whatOpensWhenItIsOverIsClosedAtOnce() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:10Z", "10"));
            chain.watermark(at("2025-03-04T12:01:59.999Z"));
            chain.trade(trade("A", 2, "2025-03-04T12:03:10Z", "11"));
            chain.watermark(at("2025-03-04T12:02:59.999Z"));
            chain.wallClock(NOON + 333);
            assertThat(chain.events)
                    .extracting(event -> event.candle().openTime())
                    .containsExactly(NOON, NOON + 60_000, NOON + 120_000);
        }
    }

    @Test
    void aLateTradeCorrectsAClosedCandleAndTheFlatOnesAfterIt() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:10Z", "10"));
            chain.trade(trade("A", 9, "2025-03-04T12:03:10Z", "20"));
            chain.watermark(at("2025-03-04T12:04:00Z"));
            chain.events.clear();
            chain.trade(trade("A", 2, "2025-03-04T12:00:20Z", "11"));
            chain.wallClock(NOON + 333);
            assertThat(chain.events)
                    .extracting(
                            event -> event.candle().openTime(),
                            event -> event.candle().close().intValue(),
                            event -> event.candle().count())
                    .containsExactly(
                            tuple(NOON, 11, 2L),
                            tuple(NOON + 60_000, 11, 0L),
                            tuple(NOON + 120_000, 11, 0L));
        }
    }

    @Test
    void aTradeBeyondTheAllowedLatenessLeavesPerInterval() throws Exception {
        List<Interval> intervals =
                List.of(Interval.parse("1m", ZoneOffset.UTC), Interval.parse("1h", ZoneOffset.UTC));
        try (KeyedChain chain = chain(intervals, false, null, NOON)) {
            chain.trade(trade("A", 5, "2025-03-04T12:33:00Z", "10"));
            chain.watermark(at("2025-03-04T12:34:00Z"));
            chain.events.clear();
            Trade late = trade("A", 1, "2025-03-04T12:01:00Z", "3", "2.5", true);
            chain.trade(late);
            chain.wallClock(NOON + 333);
            KlineEvent event = chain.events.remove(0);
            assertThat(event.late().interval()).isEqualTo("1m");
            assertThat(event.late().openTime()).isEqualTo(NOON + 60_000);
            assertThat(event.late().trade()).isEqualTo(late);
            assertThat(chain.events)
                    .as("flat candles up to the symbol's first trade")
                    .hasSize(31)
                    .allMatch(flat -> flat.candle().isFlat() && flat.candle().lastId() == 1);
            assertThat(last(chain).interval()).isEqualTo("1h");
            assertThat(last(chain).count()).isEqualTo(2);
            assertThat(last(chain).open()).isEqualByComparingTo("3");
        }
    }

    @Test
    void tickOpensFlatCandlesForAQuietSymbol() throws Exception {
        try (KeyedChain chain = chain(MINUTE, true, null, NOON + 30_000)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:30Z", "10"));
            chain.wallClock(NOON + 31_000);
            chain.candles.clear();
            chain.wallClock(NOON + 60_299);
            assertThat(chain.candles).isEmpty();
            chain.wallClock(NOON + 60_300);
            assertThat(chain.candles)
                    .extracting(Candle::openTime, Candle::closed, Candle::count)
                    .containsExactly(tuple(NOON, true, 1L), tuple(NOON + 60_000, false, 0L));
            assertThat(chain.events).hasSize(1);
        }
    }

    @Test
    void restoredTicksWaitForTheBacklog() throws Exception {
        KeyedChain.Snapshot snapshot;
        try (KeyedChain chain = chain(MINUTE, true, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.wallClock(NOON + 1000);
            snapshot = chain.snapshot();
        }
        long later = at("2025-03-04T12:30:00Z");
        try (KeyedChain chain = chain(MINUTE, true, snapshot, later)) {
            chain.wallClock(later + 400);
            assertThat(chain.candles).isEmpty();
            chain.trade(trade("A", 2, "2025-03-04T12:01:00Z", "11"));
            chain.wallClock(later + 1_500);
            assertThat(chain.candles).noneMatch(Candle::isFlat);
            chain.wallClock(later + 20_000);
            assertThat(chain.candles).filteredOn(Candle::isFlat).hasSize(29);
        }
    }

    @Test
    void aRestoredJobJudgesLatenessAsBefore() throws Exception {
        KeyedChain.Snapshot snapshot;
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.watermark(at("2025-03-04T13:00:00Z"));
            snapshot = chain.snapshot();
        }
        try (KeyedChain chain = chain(MINUTE, false, snapshot, NOON)) {
            chain.trade(trade("A", 2, "2025-03-04T12:00:01Z", "11"));
            chain.trade(trade("B", 1, "2025-03-04T12:00:01Z", "5"));
            chain.wallClock(NOON + 333);
            assertThat(chain.events).filteredOn(event -> event.late() != null).hasSize(2);
        }
    }

    @Test
    void theEndOfInputIsNotATime() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.watermark(Long.MAX_VALUE);
            assertThat(last(chain).closed()).isFalse();
            assertThat(chain.events).isEmpty();
        }
    }

    @Test
    void nothingIsLeftWhenAllIsOver() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.trade(trade("A", 2, "2025-03-04T12:01:30Z", "11"));
            assertThat(chain.timers()).isPositive();
            chain.watermark(at("2025-03-04T13:00:00Z"));
            chain.wallClock(NOON + 333);
            assertThat(chain.timers()).isZero();
            assertThat(chain.pendingEntries()).isZero();
            assertThat(chain.symbols()).as("its last price is carried for ever").isEqualTo(1);
        }
    }

    @Test
    void everyTradeCountsOnce() throws Exception {
        KeyedChain.Snapshot snapshot;
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.trade(trade("B", 1, "2025-03-04T12:00:00Z", "10"));
            snapshot = chain.snapshot();
        }
        try (KeyedChain chain = chain(MINUTE, false, snapshot, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.trade(trade("A", 2, "2025-03-04T12:00:00Z", "10"));
            chain.wallClock(NOON + 333);
            assertThat(chain.candles)
                    .extracting(Candle::symbol, Candle::count)
                    .containsExactlyInAnyOrder(tuple("A", 2L), tuple("B", 1L));
        }
    }

    /** Each of them is newer than the price that is carried; without order they would be 1,000. */
    @Test
    void manyLateTradesIssueTheFlatCandlesBehindThemOnce() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T10:00:00Z", "10"));
            chain.trade(trade("A", 99, "2025-03-04T12:00:00Z", "10"));
            chain.watermark(NOON);
            chain.events.clear();
            for (int i = 0; i < 10; i++) {
                chain.trade(trade("A", 2 + i, "2025-03-04T10:0" + i + ":30Z", "11"));
            }
            assertThat(chain.events).isEmpty();
            chain.wallClock(NOON + 333);
            assertThat(chain.events).filteredOn(event -> event.late() != null).hasSize(10);
            assertThat(chain.events)
                    .filteredOn(event -> event.candle() != null)
                    .hasSize(110)
                    .allMatch(event -> event.candle().lastId() == 11);
        }
    }

    @Test
    void whatIsStoredIsInTheFirstCheckpoint() throws Exception {
        Map<String, Candle> stored = new HashMap<>();
        try (KeyedChain earlier = chain(MINUTE, false, null, NOON)) {
            earlier.trade(trade("A", 7, "2025-03-04T12:00:10Z", "10"));
            earlier.trade(trade("B", 9, "2025-03-04T12:00:20Z", "20"));
            earlier.wallClock(NOON + 333);
            earlier.candles.forEach(candle -> stored.put(candle.symbol(), candle));
        }
        List<String> asked = new ArrayList<>();
        KeyedChain.Settings settings =
                new KeyedChain.Settings(MINUTE, LATENESS, true, start -> in(stored, asked));
        long later = at("2025-03-04T12:03:30Z");
        KeyedChain.Snapshot snapshot;
        try (KeyedChain chain = new KeyedChain(settings, null, later)) {
            chain.trade(trade("C", 1, "2025-03-04T12:03:29Z", "30"));
            assertThat(asked).containsExactly("symbols");
            snapshot = chain.snapshot();
            assertThat(asked).contains("A", "B").doesNotContain("C");
        }
        asked.clear();
        try (KeyedChain chain = new KeyedChain(settings, snapshot, later)) {
            chain.trade(trade("A", 7, "2025-03-04T12:00:10Z", "10"));
            chain.trade(trade("A", 8, "2025-03-04T12:03:29Z", "11"));
            chain.wallClock(at("2025-03-04T12:04:01Z"));
            assertThat(asked).as("a restored job asks nobody").isEmpty();
            assertThat(chain.candles)
                    .extracting(Candle::symbol, Candle::openTime, Candle::count)
                    .contains(
                            tuple("A", NOON + 3 * 60_000, 1L),
                            tuple("A", NOON + 4 * 60_000, 0L),
                            tuple("B", NOON + 4 * 60_000, 0L));
            assertThat(chain.events)
                    .extracting(event -> event.candle().symbol(), e -> e.candle().openTime())
                    .contains(tuple("B", NOON + 60_000));
        }
    }

    /**
     * They are late for the candle that was taken over, and the corrector takes trades one by one.
     */
    @Test
    void tradesFromBeforeWhatIsTakenOverAreNotMerged() throws Exception {
        Map<String, Candle> stored = new HashMap<>();
        try (KeyedChain earlier = chain(MINUTE, false, null, NOON)) {
            earlier.trade(trade("A", 7, "2025-03-04T12:05:10Z", "10"));
            earlier.wallClock(NOON + 333);
            stored.put("A", earlier.candles.get(0));
        }
        KeyedChain.Settings settings =
                new KeyedChain.Settings(
                        MINUTE, LATENESS, false, start -> in(stored, new ArrayList<>()));
        try (KeyedChain chain = new KeyedChain(settings, null, NOON)) {
            chain.trade(trade("A", 8, "2025-03-04T12:04:10Z", "11"));
            chain.trade(trade("A", 9, "2025-03-04T12:04:20Z", "12"));
            chain.trade(trade("A", 10, "2025-03-04T12:05:20Z", "13"));
            chain.wallClock(NOON + 333);
            assertThat(chain.events)
                    .extracting(event -> event.late().trade().id())
                    .containsExactly(9L, 8L);
            assertThat(last(chain).count()).isEqualTo(2);
            chain.watermark(at("2025-03-04T12:07:00Z"));
            chain.trade(trade("A", 11, "2025-03-04T12:08:20Z", "13"));
            chain.wallClock(NOON + 666);
            assertThat(chain.pendingEntries()).as("nothing to remember any more").isZero();
        }
    }

    @Test
    void storedCandlesOfAnotherZoneAreNotTakenOver() throws Exception {
        List<Interval> days = List.of(Interval.parse("1d", ZoneOffset.UTC));
        Map<String, Candle> stored = new HashMap<>();
        try (KeyedChain earlier = chain(days, false, null, NOON)) {
            earlier.trade(trade("A", 7, "2025-03-04T12:00:10Z", "10"));
            earlier.wallClock(NOON + 333);
            stored.put("A", earlier.candles.get(0));
        }
        KeyedChain.Settings settings =
                new KeyedChain.Settings(
                        List.of(Interval.parse("1d", ZoneOffset.ofHours(8))),
                        LATENESS,
                        false,
                        start -> in(stored, new ArrayList<>()));
        try (KeyedChain chain = new KeyedChain(settings, null, NOON)) {
            assertThatThrownBy(() -> chain.trade(trade("A", 8, "2025-03-04T12:01:10Z", "11")))
                    .hasStackTraceContaining(
                            "kline.zone-offset is +08:00, but the stored candle A 1d");
        }
    }

    /** Each subtask is given the highest of all watermarks, and its timers before it. */
    @Test
    void whatWasForgottenStaysSoWhateverTheWatermarkOfTheMoment() throws Exception {
        KeyedChain.Settings settings = new KeyedChain.Settings(MINUTE, 0, false);
        KeyedChain.Snapshot snapshot;
        try (KeyedChain other = new KeyedChain(settings, 2, 0, null, NOON);
                KeyedChain chain = new KeyedChain(settings, 2, 1, null, NOON)) {
            String symbol = symbolOfSecond();
            chain.trade(trade(symbol, 1, "2025-03-04T12:00:10Z", "10"));
            chain.watermark(at("2025-03-04T12:02:58Z"));
            chain.trade(trade(symbol, 3, "2025-03-04T12:00:30Z", "11"));
            chain.trade(trade(symbol, 4, "2025-03-04T12:02:59Z", "12"));
            other.watermark(at("2025-03-04T12:03:00Z"));
            snapshot = KeyedChain.Snapshot.together(List.of(other.snapshot(), chain.snapshot()));
        }
        try (KeyedChain chain = new KeyedChain(settings, 2, 1, snapshot.partFor(2, 2, 1), NOON)) {
            chain.wallClock(NOON + 333);
            assertThat(chain.events)
                    .filteredOn(event -> event.late() != null)
                    .extracting(event -> event.late().trade().id())
                    .containsExactly(3L);
        }
    }

    @Test
    void nothingWaitsBeyondTheEndOfInput() throws Exception {
        try (KeyedChain chain = chain(MINUTE, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:50Z", "10"));
            chain.watermark(at("2025-03-04T12:05:00Z"));
            chain.trade(trade("A", 2, "2025-03-04T12:00:10Z", "11"));
            chain.watermark(Long.MAX_VALUE);
            assertThat(chain.candles).extracting(Candle::count).contains(2L);
            assertThat(chain.pendingEntries()).isZero();
        }
    }

    private static String symbolOfSecond() {
        return List.of("A", "B", "C", "D", "E", "F").stream()
                .filter(
                        symbol ->
                                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                                                symbol, KeyedChain.MAX_PARALLELISM, 2)
                                        == 1)
                .findFirst()
                .orElseThrow();
    }

    private static StoredCandles in(Map<String, Candle> candles, List<String> asked) {
        return new StoredCandles() {
            @Override
            public Set<String> symbols() {
                asked.add("symbols");
                return candles.keySet();
            }

            @Override
            public List<Candle> newest(String symbol, List<Interval> intervals, long since) {
                asked.add(symbol);
                return List.of(candles.get(symbol));
            }

            @Override
            public void forget(Set<String> symbols) {}

            @Override
            public void close() {}
        };
    }

    private static KeyedChain chain(
            List<Interval> intervals, boolean ticks, KeyedChain.Snapshot from, long now)
            throws Exception {
        return new KeyedChain(new KeyedChain.Settings(intervals, LATENESS, ticks), from, now);
    }

    private static Candle last(KeyedChain chain) {
        return chain.candles.get(chain.candles.size() - 1);
    }
}
