package io.kline.tools.rebuild;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.CandleOutput;
import io.kline.candle.Rules;
import io.kline.candle.SeenExecutions.Answer;
import io.kline.candle.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.testing.CandleBuilder;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RandomMarket;
import io.kline.testing.Seeds;
import io.kline.tools.rebuild.TradedMinutes.Origin;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The candles that are recomputed are the naive twin's, and what is late is what the live job's
 * core leaves to the corrector: so what a candle holds, less its late trades, is what that core
 * counted.
 */
class TradedMinutesTest {

    private static final int SEEDS = 500;

    @Test
    void candlesAreTheNaiveTwins() {
        for (long seed : Seeds.from(1, SEEDS).toArray()) {
            RandomMarket market = new RandomMarket(seed);
            TimeRange range = range(market);
            TradedMinutes minutes = minutes(market, range);
            for (Interval interval : market.intervals) {
                List<Candle> expected =
                        NaiveCandles.of(
                                        market.trades,
                                        interval,
                                        market.carryFor(),
                                        range.to(),
                                        Long.MAX_VALUE)
                                .stream()
                                .filter(one -> isIn(range, one))
                                .toList();
                assertThat(computed(market, interval, range, minutes))
                        .as("seed %d, %s", seed, interval)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsLateIsWhatTheLiveJobLeaves() {
        long late = 0;
        for (long seed : Seeds.from(1, SEEDS).toArray()) {
            RandomMarket market = new RandomMarket(seed);
            TimeRange range = range(market);
            TradedMinutes minutes = minutes(market, range);
            Map<CandleKey, TreeSet<Long>> ids = new HashMap<>();
            Map<CandleKey, Long> counts = new HashMap<>();
            for (LateTrade one : liveJob(market)) {
                ids.computeIfAbsent(one.candle(), any -> new TreeSet<>()).add(one.trade().id());
                if (one.liveCount() != LateTrade.UNKNOWN) {
                    counts.put(one.candle(), one.liveCount());
                }
            }
            for (Interval interval : market.intervals) {
                for (Candle candle : computed(market, interval, range, minutes)) {
                    List<Trade> own = minutes.late(candle.openTime(), candle.closeTime() + 1);
                    TreeSet<Long> ownIds = new TreeSet<>();
                    own.forEach(one -> ownIds.add(one.id()));
                    assertThat(ownIds)
                            .as("seed %d, %s", seed, candle.key())
                            .isEqualTo(ids.getOrDefault(candle.key(), new TreeSet<>()));
                    long executions = own.stream().mapToLong(Trade::count).sum();
                    if (counts.containsKey(candle.key())) {
                        assertThat(candle.count() - executions)
                                .as("seed %d, %s", seed, candle.key())
                                .isEqualTo(counts.get(candle.key()));
                    }
                    late += own.size();
                }
            }
        }
        if (Seeds.areAll()) {
            assertThat(late).isGreaterThan(1_000);
        }
    }

    /** Random times seldom meet them. */
    @Test
    void theBoundsAreThoseOfTheLiveJob() {
        TradedMinutes minutes =
                new TradedMinutes("A", new TimeRange(0, 600_000), null, Origin.LIVE, 60_000);
        minutes.take(trade("A", 1, 1, "1"));
        minutes.take(trade("A", 2, 119_999, "1"));
        minutes.take(trade("A", 3, 30_000, "1"));
        minutes.take(trade("A", 4, 120_000, "1"));
        minutes.take(trade("A", 5, 30_001, "1"));
        assertThat(minutes.late(0, 60_000)).extracting(Trade::id).containsExactly(5L);
        assertThat(minutes.late(0, 120_000)).isEmpty();
        Interval minute = Interval.parse("1m", ZoneOffset.UTC);
        assertThat(new ExpectedCandles("A", minute, 60_000).of(minutes, 0, 600_000))
                .containsOnlyKeys(0L, 60_000L, 120_000L);
        assertThat(new ExpectedCandles("A", minute, 60_001).of(minutes, 0, 600_000))
                .containsOnlyKeys(0L, 60_000L, 120_000L, 180_000L);
    }

    /** A file may end early, begin late, or have a hole: the stores know better than that. */
    @Test
    void aFileTakesNoTradesThatItMayLack() {
        TradedMinutes minutes = file(Origin.FILE);
        // More trades than executions: something was counted twice.
        assertThat(refusal(minutes, 0, stored(0, 7, 2, 5))).isEmpty();
        assertThat(refusal(minutes, 0, stored(0, 1, 1, 5)))
                .contains("a store has a trade of it that the file lacks");
        assertThat(refusal(minutes, 1, stored(1, 1, 8, 8)))
                .contains("a store has a trade of it that the file lacks");
        assertThat(refusal(minutes, 2, flat(2, 8)))
                .contains("a store has a trade of it that the file lacks");
        assertThat(refusal(minutes, 2, flat(2, 5))).isEmpty();
        assertThat(refusal(minutes, 3, stored(3, 4, 6, 9)))
                .contains("the file lacks more executions of it than a store does");
        assertThat(refusal(minutes, 3, stored(3, 3, 6, 9)))
                .contains("the file lacks more executions of it than a store does");
        // As many are missing in the store, or as many trades in the file.
        assertThat(refusal(minutes, 3, stored(3, 2, 6, 9))).isEmpty();
        assertThat(refusal(minutes, 4, stored(4, 2, 6, 9))).isEmpty();
        // All of them are in the file, in other candles.
        assertThat(refusal(minutes, 2, stored(2, 4, 2, 5))).isEmpty();
        assertThat(minutes.refusal(0, 300_000, List.of(stored(0, 9, 2, 9))))
                .contains("a part of it was refused");
        assertThat(refusal(minutes, 4, stored(4, 1, 10, 10)))
                .contains("a store has a trade of it that the file lacks");

        TradedMinutes partly = file(Origin.PARTLY_READ);
        assertThat(refusal(partly, 0, stored(0, 7, 2, 5)))
                .contains("lines of the file were not read, and it would lose trades");
        assertThat(refusal(partly, 0, stored(0, 2, 2, 5))).isEmpty();
        assertThat(refusal(file(Origin.WHOLE_FILE), 1, stored(1, 1, 8, 8))).isEmpty();
    }

    private static Optional<String> refusal(TradedMinutes minutes, int minute, Candle stored) {
        return minutes.refusal(minute * 60_000L, (minute + 1) * 60_000L, List.of(stored));
    }

    /** Executions 2 to 6 and 9, without 7 and 8. */
    private static TradedMinutes file(Origin origin) {
        TradedMinutes minutes =
                new TradedMinutes("A", new TimeRange(0, 600_000), null, origin, 60_000);
        for (int id = 2; id <= 5; id++) {
            minutes.take(trade("A", id, id, "1"));
        }
        minutes.take(trade("A", 6, 180_001, "1"));
        minutes.take(trade("A", 9, 180_004, "1"));
        return minutes;
    }

    private static Candle stored(int minute, long count, long first, long last) {
        return CandleBuilder.candle("A", "1m", minute * 60_000L)
                .count(count)
                .first(first)
                .last(minute * 60_000L + 9, last)
                .build();
    }

    private static Candle flat(int minute, long last) {
        return CandleBuilder.candle("A", "1m", minute * 60_000L)
                .count(0)
                .first(-1)
                .last(5, last)
                .build();
    }

    @Test
    void theFirstFlatCandlesCarryWhatIsStored() {
        RandomMarket market = new RandomMarket(1);
        TimeRange range = range(market);
        TradedMinutes minutes = new TradedMinutes(RandomMarket.SYMBOL, range, null, Origin.LIVE, 0);
        assertThat(minutes.before()).isNull();
        Ohlcv stored = Ohlcv.of(market.trades.get(0)).carried();
        minutes.carry(stored);
        assertThat(minutes.before()).isEqualTo(stored);
        assertThat(minutes.isKnownBefore(range.to())).isFalse();
    }

    /** A topic whose oldest records are deleted may have a trade again that is older than those. */
    @Test
    void anOlderTradeDoesNotWinOverWhatIsStored() {
        for (Origin origin : Origin.values()) {
            TradedMinutes minutes =
                    new TradedMinutes("A", new TimeRange(60_000, 600_000), null, origin, 60_000);
            minutes.take(trade("A", 7, 1_000, "1"));
            Ohlcv newer = Ohlcv.of(trade("A", 9, 2_000, "3")).carried();
            minutes.carry(newer);
            boolean isWhole = origin == Origin.WHOLE_FILE;
            assertThat(minutes.before().last().id()).isEqualTo(isWhole ? 7 : 9);
            assertThat(minutes.isKnownBefore(60_000)).isEqualTo(isWhole);
            minutes.carry(Ohlcv.of(trade("A", 6, 500, "3")).carried());
            assertThat(minutes.before().last().id()).isEqualTo(7);
            assertThat(minutes.isKnownBefore(60_000)).isTrue();
        }
    }

    @Test
    void onlyTradesThatWereCountedAreThere() {
        RandomMarket market = new RandomMarket(3);
        TradedMinutes minutes = minutes(market, range(market));
        for (Trade trade : market.trades) {
            assertThat(minutes.has(trade)).isTrue();
        }
        Trade any = market.trades.get(0);
        assertThat(
                        minutes.has(
                                new Trade(
                                        any.symbol(),
                                        1_000_000,
                                        1_000_000,
                                        any.price(),
                                        any.quantity(),
                                        any.time(),
                                        true)))
                .isFalse();
    }

    /** Somewhere in the market, so that trades come in front of it and behind it. */
    private static TimeRange range(RandomMarket market) {
        long first = market.trades.stream().mapToLong(Trade::time).min().orElseThrow();
        long last = market.trades.stream().mapToLong(Trade::time).max().orElseThrow();
        long length = Math.min(3 * 86_400_000L, last - first + 3_600_000);
        long from = first + (long) (market.random.nextDouble() * length / 2);
        return new TimeRange(minute(from), minute(from + length) + TimeRange.MINUTE);
    }

    private static boolean isIn(TimeRange range, Candle candle) {
        return candle.openTime() >= range.from() && candle.closeTime() < range.to();
    }

    private static long minute(long time) {
        return time - Math.floorMod(time, TimeRange.MINUTE);
    }

    private static TradedMinutes minutes(RandomMarket market, TimeRange range) {
        TradedMinutes minutes =
                new TradedMinutes(
                        RandomMarket.SYMBOL,
                        range,
                        null,
                        Origin.LIVE,
                        market.rulesAt(0).allowedLateness());
        market.records.forEach(minutes::take);
        return minutes;
    }

    private static List<Candle> computed(
            RandomMarket market, Interval interval, TimeRange range, TradedMinutes minutes) {
        long from = range.firstOpen(interval);
        long to = interval.openOf(range.to());
        return new ExpectedCandles(RandomMarket.SYMBOL, interval, market.carryFor())
                .of(minutes, from, to).values().stream().map(NaiveCandles::plain).toList();
    }

    private static List<LateTrade> liveJob(RandomMarket market) {
        Rules rules = market.rulesAt(0);
        SymbolCandles live = new SymbolCandles(RandomMarket.SYMBOL, rules);
        List<LateTrade> late = new ArrayList<>();
        CandleOutput out =
                new CandleOutput() {
                    @Override
                    public void candle(Candle candle) {}

                    @Override
                    public void again(Candle candle) {}

                    @Override
                    public void late(LateTrade trade) {
                        late.add(trade);
                    }
                };
        for (Trade record : market.records) {
            if (live.offer(record, rules) == Answer.NEW && market.random.nextInt(3) == 0) {
                live.merge(0, 0, rules, out);
            }
        }
        live.merge(0, 0, rules, out);
        return late;
    }
}
