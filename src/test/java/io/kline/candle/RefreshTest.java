package io.kline.candle;

import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The hour may wait for two seconds, the minute for no merge. */
class RefreshTest {

    private static final long HOUR = 60 * MINUTE;

    private static final Rules RULES =
            new Rules(
                    Stream.of("1m", "1h")
                            .map(code -> Interval.parse(code, ZoneOffset.UTC))
                            .toList(),
                    10 * MINUTE,
                    30 * TestSymbol.DAY,
                    List.of(0L, 2_000L));

    private final TestSymbol symbol = new TestSymbol(RULES);

    @Test
    void theHourWaitsAndHasAllTradesWhenItComes() {
        tradeAndMerge(1, 0, 0);
        tradeAndMerge(2, 300, 300);
        tradeAndMerge(3, 600, 600);
        assertThat(counts("1m")).containsExactly(1L, 2L, 3L);
        assertThat(counts("1h")).containsExactly(1L);
        assertThat(symbol.candles.nextRefresh()).isEqualTo(2_000);

        symbol.now = 2_000;
        symbol.merge();
        assertThat(counts("1h")).containsExactly(1L, 3L);
        assertThat(symbol.candles.nextRefresh()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void whatHasWaitedLongEnoughWaitsForNoTimer() {
        tradeAndMerge(1, 0, 0);
        tradeAndMerge(2, 2_500, 2_500);
        assertThat(counts("1h")).containsExactly(1L, 2L);
    }

    @Test
    void openingAndClosingNeverWait() {
        tradeAndMerge(1, HOUR - 900, 0);
        tradeAndMerge(2, HOUR - 600, 300);
        tradeAndMerge(3, HOUR, 600);
        assertThat(opens("1h")).containsExactly(0L, 0L, HOUR);
        assertThat(counts("1h")).containsExactly(1L, 2L, 1L);

        tradeAndMerge(4, HOUR + 10, 610);
        symbol.watermark(2 * HOUR);
        assertThat(opens("1h")).containsExactly(0L, 0L, HOUR, 0L, HOUR);
        assertThat(symbol.stored("1h")).allMatch(Candle::closed);
        assertThat(symbol.candles.nextRefresh()).isEqualTo(Long.MAX_VALUE);
    }

    /** So a start without state finds every trade before the offsets in all intervals. */
    @Test
    void everythingIsIssuedBeforeACheckpoint() {
        tradeAndMerge(1, 0, 0);
        tradeAndMerge(2, 300, 300);
        symbol.candles.refresh(RULES, symbol);
        assertThat(counts("1h")).containsExactly(1L, 2L);
        symbol.candles.refresh(RULES, symbol);
        assertThat(counts("1h")).containsExactly(1L, 2L);
    }

    @Test
    void aCopyWaitsAsTheOriginal() {
        tradeAndMerge(1, 0, 0);
        tradeAndMerge(2, 300, 300);
        symbol.candles = symbol.candles.copy();
        symbol.now = 2_000;
        symbol.merge();
        assertThat(counts("1h")).containsExactly(1L, 2L);
    }

    /** The earlier run had written the minute up to id 5, the hour up to 3, and read up to 1. */
    @Test
    void anEarlierRunHasCountedSomeTradesInSomeIntervals() {
        TestSymbol next =
                TestSymbol.takenOver(List.of(stored("1m", 5), stored("1h", 3)), "1m", "1h");
        for (int id = 2; id <= 6; id++) {
            next.trade(id, id, "10");
        }
        next.merge();
        assertThat(next.stored("1m")).extracting(Candle::count).containsExactly(6L);
        assertThat(next.stored("1h")).extracting(Candle::count).containsExactly(6L);
    }

    private static Candle stored(String interval, long count) {
        return CandleBuilder.candle("A", interval, NOON)
                .first(NOON + 1, 1)
                .last(NOON + count, count)
                .price("10")
                .count(count)
                .closed(false)
                .build();
    }

    private void tradeAndMerge(long id, long time, long now) {
        symbol.now = now;
        symbol.trade(id, time, "10").merge();
    }

    private List<Long> counts(String interval) {
        return issued(interval).map(Candle::count).toList();
    }

    private List<Long> opens(String interval) {
        return issued(interval).map(candle -> candle.openTime() - NOON).toList();
    }

    private Stream<Candle> issued(String interval) {
        return symbol.issued.stream().filter(candle -> candle.interval().equals(interval));
    }
}
