package io.kline.live;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.candle.Rules;
import io.kline.candle.SeenExecutions;
import io.kline.candle.TakeOver;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Reason;
import io.kline.model.Trade;
import io.kline.store.TradeJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

class FormCandlesTest {

    private static final long LATENESS = Duration.ofMinutes(10).toMillis();
    private static final long CARRY = Duration.ofDays(30).toMillis();
    private static final List<Interval> MINUTE = List.of(Interval.parse("1m", ZoneOffset.UTC));
    private static final long NOON = at("2025-03-04T12:00:00Z");

    @Test
    void mergesTradesOfOneMergeInterval() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:00.100Z", "10"));
            live.trade(trade("A", 2, "2025-03-04T12:00:00.200Z", "12"));
            live.trade(trade("B", 1, "2025-03-04T12:00:00.200Z", "7"));
            assertThat(live.candles).isEmpty();
            live.wallClock(NOON + 333);
            assertThat(live.candles).extracting(Candle::symbol).containsExactlyInAnyOrder("A", "B");
            assertThat(live.candles).extracting(Candle::count).containsExactlyInAnyOrder(2L, 1L);
            assertThat(live.closed).isEmpty();
        }
    }

    @Test
    void closesAtTheWatermarkWithEverythingMergedBefore() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:59.999Z", "10"));
            live.trade(trade("A", 2, "2025-03-04T12:01:00Z", "11"));
            live.wallClock(NOON + 333);
            live.candles.clear();
            live.watermark(at("2025-03-04T12:00:59.998Z"));
            assertThat(live.candles).isEmpty();
            live.trade(trade("A", 3, "2025-03-04T12:00:59.999Z", "12"));
            live.watermark(at("2025-03-04T12:00:59.999Z"));
            assertThat(live.closed)
                    .extracting(Candle::openTime, Candle::count)
                    .containsExactly(tuple(NOON, 2L));
        }
    }

    /** No other watermark may ever come. */
    @Test
    void whatOpensWhenItIsOverIsClosedAtOnce() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:10Z", "10"));
            live.wallClock(NOON + 333);
            live.watermark(at("2025-03-04T12:02:59.999Z"));
            live.trade(trade("A", 2, "2025-03-04T12:03:10Z", "11"));
            live.wallClock(NOON + 666);
            assertThat(live.closed)
                    .extracting(Candle::openTime)
                    .containsExactly(NOON, NOON + 60_000, NOON + 120_000);
        }
    }

    @Test
    void aDelayedTradeCorrectsAClosedCandleAndTheFlatOnesAfterIt() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:10Z", "10"));
            live.trade(trade("A", 9, "2025-03-04T12:03:10Z", "20"));
            live.watermark(at("2025-03-04T12:04:00Z"));
            live.wallClock(NOON + 333);
            live.closed.clear();
            live.trade(trade("A", 2, "2025-03-04T12:00:20Z", "11"));
            live.wallClock(NOON + 666);
            assertThat(live.closed)
                    .extracting(
                            Candle::openTime, candle -> candle.close().intValue(), Candle::count)
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
        try (LiveHarness live = live(intervals, false, null, NOON)) {
            live.trade(trade("A", 5, "2025-03-04T12:33:00Z", "10"));
            live.watermark(at("2025-03-04T12:34:00Z"));
            live.closed.clear();
            Trade late = trade("A", 1, "2025-03-04T12:01:00Z", "3", "2.5", true);
            live.trade(late);
            run(live, NOON, 10);
            assertThat(live.late)
                    .containsExactly(
                            new LateTrade(
                                    "1m",
                                    NOON + 60_000,
                                    late,
                                    true,
                                    NOON + 120_000,
                                    true,
                                    LateTrade.UNKNOWN,
                                    false));
            assertThat(live.closed)
                    .filteredOn(Candle::isFlat)
                    .as("flat candles up to the symbol's first trade")
                    .hasSize(31)
                    .allMatch(flat -> flat.lastId() == 1);
            assertThat(live.candles)
                    .filteredOn(candle -> candle.interval().equals("1h"))
                    .last()
                    .satisfies(
                            hour -> {
                                assertThat(hour.count()).isEqualTo(2);
                                assertThat(hour.open()).isEqualByComparingTo("3");
                            });
        }
    }

    @Test
    void tickOpensFlatCandlesForAQuietSymbol() throws Exception {
        try (LiveHarness live = live(MINUTE, true, null, NOON + 30_000)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:30Z", "10"));
            live.wallClock(NOON + 31_000);
            live.candles.clear();
            live.wallClock(NOON + 60_299);
            assertThat(live.candles).isEmpty();
            live.wallClock(NOON + 60_300);
            assertThat(live.candles)
                    .extracting(Candle::openTime, Candle::closed, Candle::count)
                    .containsExactlyInAnyOrder(
                            tuple(NOON, true, 1L), tuple(NOON + 60_000, false, 0L));
            assertThat(live.closed).hasSize(1);
        }
    }

    @Test
    void manySymbolsAreMovedInTurnsBetweenTrades() throws Exception {
        int symbols = 100;
        try (LiveHarness live = slow(symbols, true)) {
            int turns = 0;
            long opened = 0;
            for (long now = NOON + 60_300; opened < symbols; now += 10) {
                live.wallClock(now);
                long before = opened;
                opened = live.candles.stream().filter(Candle::isFlat).count();
                assertThat(opened - before).as("in one turn").isBetween(1L, 10L);
                turns++;
            }
            assertThat(turns).isGreaterThanOrEqualTo(symbols / 10);
            assertThat(live.closed).hasSize(symbols);
        }
    }

    @Test
    void aRoundThatTakesLongerThanAMinuteIsFollowedByTheNextAtOnce() throws Exception {
        int symbols = 100;
        try (LiveHarness live = slow(symbols, true)) {
            live.wallClock(NOON + 60_300);
            assertThat(live.closed).hasSizeBetween(1, 10);
            for (long now = NOON + 121_000; now < NOON + 125_000; now += 10) {
                live.wallClock(now);
            }
            assertThat(live.candles)
                    .filteredOn(candle -> candle.openTime() == NOON + 120_000)
                    .hasSize(symbols);
        }
    }

    /** Without ticks nothing else might close after a restore what waits for its turn. */
    @Test
    void aSnapshotAmidClosingHoldsNothingThatIsToBeClosed() throws Exception {
        int symbols = 100;
        try (LiveHarness live = slow(symbols, false)) {
            live.watermark(NOON + 90_000);
            assertThat(live.closed).hasSizeBetween(1, symbols / 2);
            live.snapshot();
            assertThat(live.closed).hasSize(symbols);
        }
    }

    @Test
    void restoredTicksWaitForTheBacklog() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(MINUTE, true, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            live.wallClock(NOON + 1000);
            snapshot = live.snapshot();
        }
        long later = at("2025-03-04T12:30:00Z");
        try (LiveHarness live = live(MINUTE, true, snapshot, later)) {
            live.wallClock(later + 1_500);
            assertThat(live.candles).noneMatch(Candle::isFlat);
            live.trade(trade("A", 2, "2025-03-04T12:01:00Z", "11"), 0, true);
            live.wallClock(later + 2_500);
            assertThat(live.candles).noneMatch(Candle::isFlat);
            live.trade(trade("A", 3, "2025-03-04T12:02:00Z", "11"), 0, false);
            run(live, later + 2_500, 2);
            assertThat(live.candles)
                    .filteredOn(Candle::isFlat)
                    .extracting(Candle::openTime)
                    .doesNotHaveDuplicates()
                    .hasSize(28);
        }
    }

    @Test
    void theEndOfInputIsNotATime() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            live.watermark(Long.MAX_VALUE);
            live.endInput();
            assertThat(live.last().closed()).isFalse();
            assertThat(live.closed).isEmpty();
        }
    }

    @Test
    void nothingWaitsBeyondTheEndOfInput() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T02:00:50Z", "10"));
            live.trade(trade("A", 2, "2025-03-04T12:00:10Z", "11"));
            live.watermark(at("2025-03-04T12:05:00Z"));
            live.endInput();
            assertThat(live.closed).hasSize(601);
        }
    }

    @Test
    void everyTradeCountsOnce() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            live.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            live.trade(trade("B", 1, "2025-03-04T12:00:00Z", "10"));
            snapshot = live.snapshot();
            // Kafka's offsets stand behind these trades now.
            assertThat(newest(live))
                    .extracting(Candle::symbol, Candle::count)
                    .containsExactlyInAnyOrder(tuple("A", 1L), tuple("B", 1L));
        }
        try (LiveHarness live = live(MINUTE, false, snapshot, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            live.trade(trade("A", 2, "2025-03-04T12:00:00Z", "10"));
            live.wallClock(NOON + 333);
            assertThat(newest(live))
                    .extracting(Candle::symbol, Candle::count)
                    .containsExactly(tuple("A", 2L));
        }
    }

    /** Each of them is newer than the price that is carried; without order they would be 1,000. */
    @Test
    void manyLateTradesIssueTheFlatCandlesBehindThemOnce() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T10:00:00Z", "10"));
            live.trade(trade("A", 99, "2025-03-04T12:00:00Z", "10"));
            live.watermark(NOON);
            run(live, NOON, 3);
            live.closed.clear();
            for (int i = 0; i < 10; i++) {
                live.trade(trade("A", 2 + i, "2025-03-04T10:0" + i + ":30Z", "11"));
            }
            assertThat(live.closed).isEmpty();
            run(live, NOON + 3_000, 10);
            assertThat(live.late).hasSize(10);
            assertThat(live.closed).hasSize(110).allMatch(candle -> candle.lastId() == 11);
        }
    }

    /**
     * What is late is decided by the symbol's own time, whatever the others and the watermark do.
     */
    @Test
    void aPartitionThatWasAwayIsNotLate() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:00Z", "10"));
            live.watermark(at("2025-03-04T12:00:00Z"));
            for (int i = 0; i < 60; i++) {
                live.trade(trade("B", 1 + i, at("2025-03-04T08:00:00Z") + 60_000L * i, "5"));
            }
            live.wallClock(NOON + 333);
            assertThat(live.late).isEmpty();
            assertThat(live.closed).hasSize(60).allMatch(candle -> candle.count() == 1);
        }
    }

    @Test
    void aCandleThatWasGivenUpStaysSoWhenMoreLatenessIsAllowed() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(new Rules(MINUTE, 60_000, CARRY), false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T12:00:10Z", "10"));
            live.trade(trade("A", 2, "2025-03-04T12:01:10Z", "11"));
            live.trade(trade("A", 3, "2025-03-04T12:05:10Z", "12"));
            live.wallClock(NOON + 333);
            snapshot = live.snapshot();
        }
        Rules raised = new Rules(MINUTE, 3_600_000, CARRY);
        try (LiveHarness live = live(raised, false, snapshot, NOON + 1_000)) {
            live.trade(trade("A", 4, "2025-03-04T12:01:05Z", "9"));
            run(live, NOON + 1_000, 10);
            assertThat(live.late)
                    .singleElement()
                    .satisfies(
                            late -> {
                                assertThat(late.openTime()).isEqualTo(NOON + 60_000);
                                assertThat(late.liveCount()).isEqualTo(1);
                                assertThat(late.carried()).isFalse();
                            });
            assertThat(live.candles)
                    .filteredOn(candle -> candle.openTime() == NOON + 60_000)
                    .allMatch(candle -> candle.count() == 1 && candle.lastId() == 2);
        }
    }

    /** Ticks have opened flat candles for eight hours; then the trades of these hours are read. */
    @Test
    void aBacklogOverFlatCandlesCostsEachABoundedNumberOfEvents() throws Exception {
        List<Interval> all = intervals("1m", "5m", "15m", "1h");
        int flats = 480 + 96 + 32 + 8;
        try (LiveHarness live = live(all, true, null, NOON)) {
            live.trade(trade("A", 1, NOON, "10"));
            live.wallClock(NOON + 333);
            long now = NOON + 8 * 3_600_000L;
            for (long time = NOON; time <= now; time += 60_000) {
                live.wallClock(time + 300);
            }
            live.candles.clear();
            int trades = 0;
            for (long time = NOON + 1_000; time < now; time += 5_000) {
                live.trade(trade("A", 2 + trades, time, "11"), 0, true);
                if (++trades % 50 == 0) {
                    now += 333;
                    live.wallClock(now);
                }
            }
            run(live, now, 1_300);
            int merged = trades / 50 * 12;
            assertThat(live.candles.size()).isLessThan(merged + 20 * flats);
            assertThat(newest(live)).filteredOn(Candle::isFlat).hasSizeLessThan(30);
        }
    }

    /** A trade a second from hours ago, each of which changes the whole tail behind it. */
    @Test
    void aSlowReplayIntoAQuietSymbolIssuesItsTailSeldom() throws Exception {
        List<Interval> all = intervals("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "1d");
        try (LiveHarness live = live(new Rules(all, 86_400_000, CARRY), true, null, NOON)) {
            live.trade(trade("A", 1, NOON, "10"));
            live.wallClock(NOON + 333);
            long now = NOON + 20 * 3_600_000L;
            for (long time = NOON; time <= now; time += 60_000) {
                live.wallClock(time + 300);
            }
            live.candles.clear();
            int tail = 1_200 + 400 + 240 + 80 + 40 + 20 + 10 + 5 + 1;
            for (int i = 0; i < 600; i++) {
                now += 1_000;
                live.trade(trade("A", 2 + i, NOON + 1_000 + i * 100, "11"));
                live.wallClock(now);
            }
            assertThat(live.candles.size() / 600).as("candles a trade").isLessThan(60);
            run(live, now, 1_200);
            assertThat(newest(live))
                    .filteredOn(Candle::isFlat)
                    .filteredOn(candle -> candle.lastId() == 601)
                    .hasSizeGreaterThanOrEqualTo(tail - 10);
        }
    }

    /** One trade of 2021 for a new symbol while the others are live. */
    @Test
    void anOldTradeOfANewSymbolFillsNoYears() throws Exception {
        List<Interval> all = intervals("1m", "1h", "1d");
        try (LiveHarness live = live(all, true, null, NOON)) {
            live.trade(trade("A", 1, NOON, "10"));
            live.trade(trade("OLD", 1, "2021-01-01T00:00:30Z", "7"));
            live.wallClock(NOON + 333);
            int issued = live.candles.size();
            assertThat(issued).as("at once").isLessThan(30);
            for (int i = 1; i <= 600; i++) {
                live.wallClock(NOON + 333 * i);
                assertThat(live.candles.size() - issued).as("in a step").isLessThan(17_000);
                issued = live.candles.size();
            }
            assertThat(live.candles)
                    .filteredOn(candle -> candle.symbol().equals("OLD"))
                    .hasSizeBetween(30 * (1_440 + 24 + 1), 30 * (1_440 + 24 + 1) + 30);
            int before = live.candles.size();
            run(live, NOON + 200_000, 600);
            assertThat(live.candles.size() - before).as("it rests").isLessThan(100);
            live.trade(trade("OLD", 2, NOON + 210_000, "8"));
            run(live, NOON + 800_000, 2);
            assertThat(newest(live))
                    .filteredOn(candle -> candle.symbol().equals("OLD"))
                    .filteredOn(candle -> candle.openTime() > at("2021-02-10T00:00:00Z"))
                    .extracting(Candle::interval)
                    .contains("1m", "1h", "1d");
        }
    }

    @Test
    void sixtyHoursOfSilenceLeaveNothingBehind() throws Exception {
        List<Interval> all = intervals("1m", "1h", "1M");
        try (LiveHarness live = live(all, true, null, NOON)) {
            for (int i = 0; i < 1_000; i++) {
                live.trade(trade("S" + i, 1, NOON, "10"));
            }
            minutes(live, NOON, 60);
            int timers = live.timers();
            long size = live.snapshot().getStateSize();
            for (int hour = 1; hour < 60; hour++) {
                live.candles.clear();
                live.closed.clear();
                live.events.clear();
                minutes(live, NOON + hour * 3_600_000L, 60);
            }
            assertThat(live.timers()).isEqualTo(timers).isZero();
            assertThat(live.snapshot().getStateSize())
                    .as("bytes of 1,000 symbols after 60 hours")
                    .isLessThanOrEqualTo(size)
                    .isLessThan(1_000 * 3 * 1_024);
        }
    }

    /** A backfill with ticks off leaves symbols that do not trade again. */
    @Test
    void quietSymbolsTickAfterABackfill() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(trade("A", 1, "2025-03-04T11:58:00Z", "10"));
            live.watermark(at("2025-03-04T11:58:30Z"));
            live.wallClock(NOON + 1_000);
            snapshot = live.snapshot();
        }
        try (LiveHarness live = live(MINUTE, true, snapshot, NOON + 5_000)) {
            run(live, NOON + 5_000, 12);
            assertThat(newest(live))
                    .extracting(Candle::openTime, Candle::closed)
                    .containsExactlyInAnyOrder(
                            tuple(NOON - 120_000, true),
                            tuple(NOON - 60_000, true),
                            tuple(NOON, false));
        }
    }

    @Test
    void aClockThatIsADayAheadWritesNothingIntoTomorrow() throws Exception {
        try (LiveHarness live = live(MINUTE, true, null, NOON)) {
            live.trade(trade("A", 1, NOON, "10"));
            live.wallClock(NOON + 1_000);
            live.jump(86_400_000);
            for (int second = 1; second <= 150; second++) {
                live.wallClock(NOON + 1_000 * second);
            }
            assertThat(newest(live))
                    .extracting(Candle::openTime)
                    .containsExactlyInAnyOrder(NOON, NOON + 60_000, NOON + 120_000);
        }
    }

    @Test
    void aFeedThatAlwaysComesLateTicks() throws Exception {
        try (LiveHarness live = live(MINUTE, true, null, NOON)) {
            for (int second = 0; second < 200; second++) {
                live.trade(trade("A", 1 + second, NOON - 30_000 + 1_000L * second, "10"));
                live.wallClock(NOON + 1_000 * second);
            }
            assertThat(newest(live)).extracting(Candle::openTime).contains(NOON + 180_000);
        }
    }

    @Test
    void whatAStoreMayHaveLostIsIssuedAgain() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(MINUTE, true, null, NOON)) {
            live.trade(trade("A", 1, NOON, "10"));
            live.trade(trade("B", 1, NOON, "10"));
            minutes(live, NOON, 30);
            live.trade(trade("B", 2, NOON + 30 * 60_000, "11"));
            minutes(live, NOON + 30 * 60_000, 1);
            snapshot = live.snapshot();
        }
        long later = NOON + 31 * 60_000 + 2_000;
        try (LiveHarness live = live(MINUTE, true, snapshot, later)) {
            run(live, later, 5);
            assertThat(live.candles)
                    .filteredOn(candle -> candle.symbol().equals("A"))
                    .as("a quiet symbol: its latest and all recent ones")
                    .hasSize(32);
            assertThat(live.candles)
                    .filteredOn(candle -> candle.symbol().equals("B"))
                    .extracting(Candle::openTime)
                    .contains(NOON + 30 * 60_000, NOON + 31 * 60_000);
            live.candles.clear();
            run(live, later + 5_000, 605);
            assertThat(live.candles)
                    .filteredOn(candle -> !candle.closed())
                    .filteredOn(candle -> candle.symbol().equals("A"))
                    .as("ten new ones, and one of them again")
                    .hasSize(11);
            assertThat(live.closed).doesNotHaveDuplicates();
        }
    }

    /** Removed and taken back within one candle: it goes on. */
    @Test
    void anIntervalThatComesBackWithinItsCandleHasAllItsTrades() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(intervals("1m", "1h"), false, null, NOON)) {
            live.trade(trade("A", 1, NOON + 1_000, "10"));
            live.wallClock(NOON + 333);
            snapshot = live.snapshot();
        }
        try (LiveHarness live = live(intervals("1m"), false, snapshot, NOON)) {
            live.trade(trade("A", 2, NOON + 61_000, "11"));
            live.wallClock(NOON + 666);
            snapshot = live.snapshot();
        }
        try (LiveHarness live = live(intervals("1m", "1h"), false, snapshot, NOON)) {
            live.trade(trade("A", 3, NOON + 122_000, "12"));
            live.wallClock(NOON + 999);
            assertThat(newest(live))
                    .filteredOn(candle -> candle.interval().equals("1h"))
                    .extracting(Candle::count)
                    .containsExactly(3L);
        }
    }

    @Test
    void anAddedIntervalBeginsWithItsNextWholeCandle() throws Exception {
        OperatorSubtaskState snapshot;
        try (LiveHarness live = live(intervals("1m"), false, null, NOON)) {
            live.trade(trade("A", 1, NOON + 1_000, "10"));
            live.wallClock(NOON + 333);
            snapshot = live.snapshot();
        }
        try (LiveHarness live = live(intervals("1m", "5m"), true, snapshot, NOON + 2_000)) {
            live.trade(trade("A", 2, NOON + 61_000, "11"));
            minutes(live, NOON + 60_000, 9);
            assertThat(newest(live))
                    .filteredOn(candle -> candle.interval().equals("5m"))
                    .extracting(Candle::openTime, Candle::count, Candle::closed)
                    .containsExactlyInAnyOrder(
                            tuple(NOON + 300_000, 0L, true), tuple(NOON + 600_000, 0L, false));
        }
    }

    @Test
    void whatIsStoredIsInTheFirstCheckpoint() throws Exception {
        Map<String, Candle> stored = new HashMap<>();
        try (LiveHarness earlier = live(MINUTE, false, null, NOON)) {
            earlier.trade(trade("A", 7, "2025-03-04T12:00:10Z", "10"));
            earlier.trade(trade("B", 9, "2025-03-04T12:00:20Z", "20"));
            earlier.wallClock(NOON + 333);
            earlier.candles.forEach(candle -> stored.put(candle.symbol(), candle));
        }
        List<String> asked = new ArrayList<>();
        LiveHarness.Settings settings = settings(MINUTE, true, start -> in(stored, asked));
        long later = at("2025-03-04T12:03:30Z");
        OperatorSubtaskState snapshot;
        try (LiveHarness live = new LiveHarness(settings, null, later)) {
            live.trade(trade("C", 1, "2025-03-04T12:03:29Z", "30"));
            assertThat(asked).containsExactly("symbols");
            snapshot = live.snapshot();
            assertThat(asked).contains("A", "B").doesNotContain("C");
        }
        asked.clear();
        try (LiveHarness live = new LiveHarness(settings, snapshot, later)) {
            live.trade(trade("A", 7, "2025-03-04T12:00:10Z", "10"));
            live.trade(trade("A", 8, "2025-03-04T12:03:29Z", "11"));
            run(live, later, 32);
            assertThat(asked).as("a restored job asks nobody").isEmpty();
            assertThat(live.candles)
                    .extracting(Candle::symbol, Candle::openTime, Candle::count)
                    .contains(
                            tuple("A", NOON + 3 * 60_000, 1L),
                            tuple("A", NOON + 4 * 60_000, 0L),
                            tuple("B", NOON + 4 * 60_000, 0L));
            assertThat(live.closed)
                    .extracting(Candle::symbol, Candle::openTime)
                    .contains(tuple("B", NOON + 60_000));
        }
    }

    /**
     * They are late for the candle that was taken over, and the corrector takes trades one by one.
     */
    @Test
    void tradesFromBeforeWhatIsTakenOverAreNotMerged() throws Exception {
        Map<String, Candle> stored = new HashMap<>();
        try (LiveHarness earlier = live(MINUTE, false, null, NOON)) {
            earlier.trade(trade("A", 7, "2025-03-04T12:05:10Z", "10"));
            earlier.wallClock(NOON + 333);
            stored.put("A", earlier.candles.get(0));
        }
        LiveHarness.Settings settings =
                settings(MINUTE, false, start -> in(stored, new ArrayList<>()));
        try (LiveHarness live = new LiveHarness(settings, null, NOON)) {
            live.trade(trade("A", 8, "2025-03-04T12:04:10Z", "11"));
            live.trade(trade("A", 9, "2025-03-04T12:04:20Z", "12"));
            live.trade(trade("A", 10, "2025-03-04T12:05:20Z", "13"));
            live.wallClock(NOON + 333);
            assertThat(live.late).extracting(late -> late.trade().id()).containsExactly(9L, 8L);
            assertThat(live.last().count()).isEqualTo(2);
        }
    }

    @Test
    void storedCandlesOfAnotherZoneAreNotTakenOver() throws Exception {
        List<Interval> days = List.of(Interval.parse("1d", ZoneOffset.UTC));
        Map<String, Candle> stored = new HashMap<>();
        try (LiveHarness earlier = live(days, false, null, NOON)) {
            earlier.trade(trade("A", 7, "2025-03-04T12:00:10Z", "10"));
            earlier.wallClock(NOON + 333);
            stored.put("A", earlier.candles.get(0));
        }
        LiveHarness.Settings settings =
                settings(
                        List.of(Interval.parse("1d", ZoneOffset.ofHours(8))),
                        false,
                        start -> in(stored, new ArrayList<>()));
        try (LiveHarness live = new LiveHarness(settings, null, NOON)) {
            assertThatThrownBy(() -> live.trade(trade("A", 8, "2025-03-04T12:01:10Z", "11")))
                    .hasStackTraceContaining(
                            "kline.zone-offset is +08:00, but the stored candle A 1d");
        }
    }

    @Test
    void whatCannotBeDecidedIsNeitherFoldedNorLost() throws Exception {
        try (LiveHarness live = live(new Rules(MINUTE, 0, CARRY), false, null, NOON)) {
            int sparse = SeenExecutions.FEW_RANGES + 1;
            for (int i = 0; i < sparse; i++) {
                live.trade(trade("A", 1_000 + 10L * i, NOON + i, "1"));
            }
            live.trade(trade("A", 1_005, NOON, "1"));
            live.trade(trade("A", 1_000 + 10L * (sparse - 1), NOON, "1"));
            live.trade(trade("B", 1_005, NOON, "1"));
            live.wallClock(NOON + 333);
            assertThat(live.candles)
                    .extracting(Candle::symbol, Candle::count)
                    .containsExactlyInAnyOrder(tuple("A", (long) sparse), tuple("B", 1L));
            assertThat(live.dead)
                    .singleElement()
                    .satisfies(
                            dead -> {
                                assertThat(dead.reason()).isEqualTo(Reason.UNDECIDED_DUPLICATE);
                                assertThat(dead.raw().offset()).isEqualTo(1_005);
                            });
        }
    }

    /** Binance's archive of ZILBTC has one aggregate id on two different trades. */
    @Test
    void oneAggregateIdOnDifferentExecutionsIsTwoTrades() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(aggregate(1, 8, NOON));
            live.trade(aggregate(9, 9, NOON + 1_000));
            live.wallClock(NOON + 333);
            assertThat(live.last().count()).isEqualTo(9);
            assertThat(live.dead).isEmpty();
        }
    }

    /** Seen in ccxt #8329: one execution in two aggregates; it counts once. */
    @Test
    void anExecutionInTwoAggregatesCountsOnce() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            live.trade(aggregate(7, 7, NOON));
            live.trade(aggregate(8, 8, NOON + 1_000));
            live.trade(aggregate(7, 7, NOON));
            Trade overlapping = aggregate(8, 12, NOON + 2_000);
            live.trade(overlapping);
            live.wallClock(NOON + 333);
            assertThat(live.last().count()).isEqualTo(2);
            assertThat(live.dead)
                    .singleElement()
                    .satisfies(
                            dead -> {
                                assertThat(dead.reason()).isEqualTo(Reason.OVERLAPPING_EXECUTIONS);
                                assertThat(dead.raw().value())
                                        .as("the bytes as they came")
                                        .isEqualTo(TradeJson.write(overlapping, NOON + 2_000));
                            });
        }
    }

    /** A test net begins its ids again: what is not counted is in the dead letters, all of it. */
    @Test
    void aSequenceThatBeginsAgainLosesNothing() throws Exception {
        try (LiveHarness live = live(MINUTE, false, null, NOON)) {
            long time = NOON;
            for (long id = 1_000; id < 2_000; id++) {
                live.trade(trade("A", id, time++, "1"));
            }
            for (long id = 1; id <= 2_500; id++) {
                live.trade(trade("A", id, time++, "1"));
            }
            live.wallClock(NOON + 333);
            assertThat(live.last().count()).isEqualTo(2_500);
            assertThat(live.dead)
                    .hasSize(1_000)
                    .allMatch(dead -> dead.reason() == Reason.ID_REUSED);
        }
    }

    private static Trade aggregate(long first, long last, long time) {
        return new Trade("A", first, last, BigDecimal.ONE, BigDecimal.ONE, time, true);
    }

    private static StoredCandles in(Map<String, Candle> candles, List<String> asked) {
        return new StoredCandles() {
            @Override
            public Set<String> symbols() {
                asked.add("symbols");
                return candles.keySet();
            }

            @Override
            public TakeOver newest(String symbol, List<Interval> intervals, long since) {
                asked.add(symbol);
                return new TakeOver(symbol, List.of(candles.get(symbol)));
            }

            @Override
            public void forget(Set<String> symbols) {}

            @Override
            public void close() {}
        };
    }

    private static List<Interval> intervals(String... codes) {
        return List.of(codes).stream().map(code -> Interval.parse(code, ZoneOffset.UTC)).toList();
    }

    private static LiveHarness.Settings settings(
            List<Interval> intervals, boolean ticks, StoredCandles.Opener stored) {
        return new LiveHarness.Settings(new Rules(intervals, LATENESS, CARRY), ticks, 333, stored);
    }

    private static LiveHarness live(
            List<Interval> intervals, boolean ticks, OperatorSubtaskState from, long now)
            throws Exception {
        return live(new Rules(intervals, LATENESS, CARRY), ticks, from, now);
    }

    private static LiveHarness live(Rules rules, boolean ticks, OperatorSubtaskState from, long now)
            throws Exception {
        return new LiveHarness(new LiveHarness.Settings(rules, ticks), from, now);
    }

    /** Symbols with a trade each half a minute after noon, where from then on work takes time. */
    private static LiveHarness slow(int symbols, boolean ticks) throws Exception {
        LiveHarness live = live(MINUTE, ticks, null, NOON + 30_000);
        for (int i = 0; i < symbols; i++) {
            live.trade(trade("S" + i, 1, "2025-03-04T12:00:30Z", "10"));
        }
        live.wallClock(NOON + 31_000);
        live.takesTime(1);
        return live;
    }

    /** Lets some seconds pass. */
    private static void run(LiveHarness live, long from, int seconds) throws Exception {
        for (int i = 1; i <= 3 * seconds; i++) {
            live.wallClock(from + 334L * i);
        }
    }

    /** Lets some minutes pass, with a look at each boundary only. */
    private static void minutes(LiveHarness live, long from, int minutes) throws Exception {
        for (int i = 0; i <= minutes; i++) {
            live.wallClock(from + 60_000L * i + 300);
            live.wallClock(from + 60_000L * i + 310);
            live.wallClock(from + 60_000L * i + 320);
        }
    }

    /** The newest version of every candle, as a store keeps it. */
    private static List<Candle> newest(LiveHarness live) {
        Map<Object, Candle> newest = new HashMap<>();
        live.candles.forEach(
                candle ->
                        newest.merge(candle.key(), candle, (old, more) -> Candle.newer(more, old)));
        return List.copyOf(newest.values());
    }
}
