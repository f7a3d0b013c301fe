package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import io.kline.testing.CandleBuilder;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Trades;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollUpTest {

    private static final long START = Trades.at("2025-01-20T10:00:00Z");
    private static final long HOUR = 3_600_000;
    private static final long END = START + 200 * 24 * HOUR;

    @ParameterizedTest
    @CsvSource({
        "1h, 1d, +08:00", "8h, 1d, +08:00", "30m, 1d, +05:30", "1h, 3d, -12:00", "1h, 1w, +14:00",
        "1h, 1M, +08:00", "1h, 1M, -03:00", "2h, 1d, +02:00", "1d, 1w, Z", "1d, 1M, Z"
    })
    void rolledUpCandlesAreThoseOfTheTrades(String source, String target, ZoneOffset offset) {
        Interval small = Interval.parse(source, ZoneOffset.UTC);
        Interval large = Interval.parse(target, offset);
        List<Trade> trades = trades();
        TreeMap<Long, Candle> stored = byOpenTime(NaiveCandles.of(trades, small, END, END));
        TreeMap<Long, Candle> expected = byOpenTime(NaiveCandles.of(trades, large, END, END));
        RollUp rollUp = new RollUp(large, small);
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            Range range =
                    new Range(
                            random.nextBoolean() ? null : (Long) time(random),
                            random.nextBoolean() ? null : (Long) time(random),
                            1 + random.nextInt(40));

            List<Candle> candles = rollUp.read(range, page -> StoredCase.select(stored, page));

            assertThat(candles.stream().map(NaiveCandles::plain))
                    .as("%s", range)
                    .isEqualTo(StoredCase.select(expected, range));
        }
    }

    /** The candles of a symbol that has rested have a hole between them. */
    @Test
    void theNewestAreThoseOnBothSidesOfARest() {
        Interval hour = Interval.parse("1h", ZoneOffset.UTC);
        Interval day = Interval.parse("1d", ZoneOffset.ofHours(8));
        List<Trade> trades = trades();
        TreeMap<Long, Candle> stored = byOpenTime(NaiveCandles.of(trades, hour, END, END));
        TreeMap<Long, Candle> expected = byOpenTime(NaiveCandles.of(trades, day, END, END));
        long rest = day.openOf(END - 100 * 24 * HOUR);
        for (int rested : new int[] {0, 10, 90}) {
            long begin = rest + rested * 24 * HOUR;
            stored.subMap(begin, begin + 9 * 24 * HOUR).clear();
            expected.subMap(begin, begin + 9 * 24 * HOUR).clear();
        }
        RollUp rollUp = new RollUp(day, hour);
        for (int limit : new int[] {1, 5, 20, 90, 100, 120, 1_000}) {
            Range range = Range.newest(limit);
            assertThat(rollUp.read(range, page -> StoredCase.select(stored, page)))
                    .extracting(NaiveCandles::plain)
                    .isEqualTo(StoredCase.select(expected, range));
        }
    }

    /** A rebuild takes trades out of one part after the other; the number of trades falls. */
    @Test
    void theVersionGrowsWithTheRevisionOfEachPart() {
        Interval day = Interval.parse("1d", ZoneOffset.UTC);
        RollUp rollUp = new RollUp(day, Interval.parse("1h", ZoneOffset.UTC));
        Candle first = part(0).price("7").first(1).last(START, 1).build();
        Candle second = part(1).price("7").first(2).last(START + HOUR, 2).build();
        Candle rebuiltFirst = part(0).price("7").first(1).last(START, 1).revision(1).build();
        Candle rebuiltSecond = part(1).price("7").flat().last(START, 1).revision(1).build();
        Candle before = rollUp.fold(List.of(first, second));
        Candle between = rollUp.fold(List.of(rebuiltFirst, second));
        Candle after = rollUp.fold(List.of(rebuiltFirst, rebuiltSecond));
        assertThat(between.version()).isGreaterThan(before.version());
        assertThat(after.version()).isGreaterThan(between.version());
    }

    /** A day of this zone is made of 1,440 minutes. */
    @Test
    void oneAnswerIsMadeOfSoManyStoredCandlesAtMost() {
        Interval minute = Interval.parse("1m", ZoneOffset.UTC);
        Interval day = Interval.parse("1d", ZoneOffset.ofHoursMinutes(0, 1));
        List<Trade> trades = trades();
        TreeMap<Long, Candle> stored = byOpenTime(NaiveCandles.of(trades, minute, END, END));
        List<Candle> expected = NaiveCandles.of(trades, day, END, END);
        List<Candle> newest =
                new RollUp(day, minute)
                        .read(Range.newest(1_000), page -> StoredCase.select(stored, page));
        int most = RollUp.MOST_STORED / 1_440;
        assertThat(newest.stream().map(NaiveCandles::plain))
                .isEqualTo(expected.subList(expected.size() - most, expected.size()));
    }

    /** Redis lacks the time of a candle's first trade. */
    @Test
    void theFirstPartOpensWhateverItsIdsAre() {
        Candle first = part(0).price("5").first(900).last(START, 901).build();
        Candle second = part(1).price("7").first(100).last(START + HOUR, 101).revision(2).build();
        Candle flat = part(2).price("7").flat().last(START + HOUR, 101).revision(1).build();

        Candle day = sum(first, second, flat);

        assertThat(day.open()).isEqualTo(first.open());
        assertThat(day.close()).isEqualTo(second.close());
        assertThat(day.ohlcv().first()).isEqualTo(new TradeRef(TradeRef.UNKNOWN, 900));
        assertThat(day.ohlcv().last()).isEqualTo(new TradeRef(START + HOUR, 101));
        assertThat(day.revision()).isEqualTo(3);
        assertThat(day.closed()).isFalse();
    }

    @Test
    void ofFlatPartsTheLastTradeIsTheNewest() {
        Candle before = part(0).price("5").flat().last(START - 2, 5).build();
        Candle after = part(1).price("6").flat().last(START - 1, 4).build();

        Candle day = sum(before, after);

        assertThat(day.isFlat()).isTrue();
        assertThat(day.close()).isEqualTo(after.close());
        assertThat(day.ohlcv().last()).isEqualTo(new TradeRef(START - 1, 4));
    }

    private static CandleBuilder part(int hour) {
        return CandleBuilder.candle("A", "1h", START + hour * HOUR);
    }

    private static Candle sum(Candle... parts) {
        TreeMap<Long, Candle> stored = byOpenTime(List.of(parts));
        List<Candle> days =
                new RollUp(
                                Interval.parse("1d", ZoneOffset.UTC),
                                Interval.parse("1h", ZoneOffset.UTC))
                        .read(Range.newest(9), page -> StoredCase.select(stored, page));
        assertThat(days).hasSize(1);
        return days.get(0);
    }

    @Test
    void fitsWhereEveryBoundaryIsOne() {
        assertThat(fits("8h", "1d", "+08:00")).isTrue();
        assertThat(fits("12h", "1d", "+08:00")).isFalse();
        assertThat(fits("30m", "1M", "+05:30")).isTrue();
        assertThat(fits("1h", "1M", "+05:30")).isFalse();
        assertThat(fits("1d", "1w", "+01:00")).isFalse();
        assertThat(fits("3d", "1w", "Z")).isFalse();
        assertThat(fits("1w", "1M", "Z")).isFalse();
        assertThat(fits("1M", "3M", "Z")).isFalse();
        assertThat(fits("1h", "1h", "+08:00")).isTrue();
        assertThat(fits("2h", "1h", "Z")).isFalse();
    }

    private static boolean fits(String source, String target, String offset) {
        return RollUp.fits(
                Interval.parse(source, ZoneOffset.UTC),
                Interval.parse(target, ZoneOffset.of(offset)));
    }

    /** Some days with many trades, some with few, some with none. */
    private static List<Trade> trades() {
        Random random = new Random(7);
        List<Trade> trades = new ArrayList<>();
        long time = START;
        for (long id = 1; time < END; id++) {
            trades.add(
                    new Trade(
                            "ROLL",
                            id,
                            id,
                            new BigDecimal(1 + random.nextInt(1_000)).movePointLeft(2),
                            new BigDecimal(1 + random.nextInt(1_000)).movePointLeft(3),
                            time,
                            random.nextBoolean()));
            time +=
                    random.nextInt(60) == 0
                            ? random.nextLong(5 * 24 * HOUR)
                            : random.nextLong(HOUR);
        }
        return trades;
    }

    private static long time(Random random) {
        return START - 5 * 24 * HOUR + random.nextLong(210 * 24) * HOUR;
    }

    private static TreeMap<Long, Candle> byOpenTime(List<Candle> candles) {
        TreeMap<Long, Candle> byOpenTime = new TreeMap<>();
        candles.forEach(candle -> byOpenTime.put(candle.openTime(), candle));
        return byOpenTime;
    }
}
