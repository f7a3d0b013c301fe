package io.kline.window;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineEvent;
import io.kline.testing.NaiveCandles;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyedChainTest {

    private static final long LATENESS = Duration.ofMinutes(10).toMillis();
    private static final List<Interval> MINUTE = List.of(Interval.parse("1m", ZoneOffset.UTC));
    private static final long NOON = at("2025-03-04T12:00:00Z");

    @Test
    void mergesTradesOfOneMergeInterval() throws Exception {
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, false, null, NOON)) {
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
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, false, null, NOON)) {
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

    @Test
    void aLateTradeCorrectsAClosedCandleAndTheFlatOnesAfterIt() throws Exception {
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:10Z", "10"));
            chain.trade(trade("A", 9, "2025-03-04T12:03:10Z", "20"));
            chain.watermark(at("2025-03-04T12:04:00Z"));
            chain.events.clear();
            chain.trade(trade("A", 2, "2025-03-04T12:00:20Z", "11"));
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
        try (KeyedChain chain = new KeyedChain(intervals, LATENESS, false, null, NOON)) {
            chain.trade(trade("A", 5, "2025-03-04T12:33:00Z", "10"));
            chain.watermark(at("2025-03-04T12:34:00Z"));
            chain.events.clear();
            Trade late = trade("A", 1, "2025-03-04T12:01:00Z", "3", "2.5", true);
            chain.trade(late);
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
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, true, null, NOON + 30_000)) {
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
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, true, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.wallClock(NOON + 1000);
            snapshot = chain.snapshot();
        }
        long later = at("2025-03-04T12:30:00Z");
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, true, snapshot, later)) {
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
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.watermark(at("2025-03-04T13:00:00Z"));
            snapshot = chain.snapshot();
        }
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, false, snapshot, NOON)) {
            chain.trade(trade("A", 2, "2025-03-04T12:00:01Z", "11"));
            chain.trade(trade("B", 1, "2025-03-04T12:00:01Z", "5"));
            assertThat(chain.events).filteredOn(event -> event.late() != null).hasSize(2);
        }
    }

    @Test
    void theEndOfInputIsNotATime() throws Exception {
        try (KeyedChain chain = new KeyedChain(MINUTE, LATENESS, false, null, NOON)) {
            chain.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            chain.watermark(Long.MAX_VALUE);
            assertThat(last(chain).closed()).isFalse();
            assertThat(chain.events).isEmpty();
        }
    }

    static List<Long> seeds() {
        return new Random(20250304).longs(200).boxed().toList();
    }

    /**
     * Snapshots and restores anywhere, with replay of what came after the snapshot, change nothing
     * in the end.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void restoringAnywhereEqualsTheNaiveTwin(long seed) throws Exception {
        Random random = new Random(seed);
        List<Interval> intervals =
                List.of(
                        Interval.parse("1m", ZoneOffset.UTC),
                        Interval.parse("5m", ZoneOffset.ofHours(3)),
                        Interval.parse("1d", ZoneOffset.UTC));
        intervals = intervals.subList(0, 1 + random.nextInt(3));
        List<Trade> trades = trades(random);
        Map<String, TreeMap<Long, Candle>> store = new HashMap<>();
        long now = NOON;
        KeyedChain chain = new KeyedChain(intervals, LATENESS, random.nextBoolean(), null, now);
        KeyedChain.Snapshot snapshot = chain.snapshot();
        int snapshotAt = 0;
        int restores = 0;
        long watermark = Long.MIN_VALUE;
        long snapshotWatermark = watermark;
        for (int i = 0; i < trades.size(); i++) {
            switch (random.nextInt(8)) {
                case 0 -> {
                    watermark = Math.max(watermark, trades.get(i).time() - 30_000);
                    chain.watermark(watermark);
                }
                case 1 -> {
                    now = Math.max(now, trades.get(i).time() + random.nextInt(500));
                    chain.wallClock(now);
                }
                case 2 -> {
                    snapshot = chain.snapshot();
                    snapshotAt = i;
                    snapshotWatermark = watermark;
                }
                case 3 -> {
                    if (restores++ < 5) {
                        put(chain, store, seed);
                        chain.close();
                        chain =
                                new KeyedChain(
                                        intervals, LATENESS, random.nextBoolean(), snapshot, now);
                        watermark = snapshotWatermark;
                        i = snapshotAt;
                    }
                }
                default -> {}
            }
            chain.trade(trades.get(i));
        }
        chain.wallClock(now + 1_000);
        put(chain, store, seed);
        chain.close();
        for (Interval interval : intervals) {
            for (String symbol : List.of("A", "B")) {
                List<Trade> own =
                        trades.stream().filter(trade -> trade.symbol().equals(symbol)).toList();
                Map<Long, Candle> stored = store.get(symbol + interval.code());
                for (Candle expected :
                        NaiveCandles.of(
                                own,
                                interval,
                                own.stream().mapToLong(Trade::time).max().orElseThrow(),
                                0)) {
                    assertThat(stored.get(expected.openTime()))
                            .as("seed %d", seed)
                            .usingRecursiveComparison()
                            .ignoringFields("closed")
                            .isEqualTo(expected);
                }
            }
        }
    }

    /**
     * Replays bring older versions again, which a store refuses; nothing else may be lower than
     * what is stored.
     */
    private static void put(KeyedChain chain, Map<String, TreeMap<Long, Candle>> store, long seed) {
        for (Candle candle : chain.candles) {
            store.computeIfAbsent(candle.symbol() + candle.interval(), key -> new TreeMap<>())
                    .merge(
                            candle.openTime(),
                            NaiveCandles.plain(candle),
                            (old, more) ->
                                    more.version().compareTo(old.version()) >= 0 ? more : old);
        }
        chain.candles.clear();
    }

    private static List<Trade> trades(Random random) {
        List<Trade> trades = new ArrayList<>();
        long time = NOON + random.nextInt(60_000);
        for (int id = 0; id < 80; id++) {
            trades.add(
                    new Trade(
                            random.nextInt(3) == 0 || id == 0 ? "A" : "B",
                            id,
                            BigDecimal.valueOf(1 + random.nextInt(100), 2),
                            BigDecimal.valueOf(1 + random.nextInt(100), 3),
                            time,
                            random.nextBoolean(),
                            id,
                            id));
            time += random.nextInt(15_000);
        }
        List<long[]> arrivals = new ArrayList<>();
        for (int i = 0; i < trades.size(); i++) {
            arrivals.add(new long[] {trades.get(i).time() + random.nextInt(20_000), i});
        }
        arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
        return arrivals.stream().map(arrival -> trades.get((int) arrival[1])).toList();
    }

    private static Candle last(KeyedChain chain) {
        return chain.candles.get(chain.candles.size() - 1);
    }
}
