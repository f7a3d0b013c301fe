package io.kline.late;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.NaiveCandles;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A late trade changes the stored candle as if it had come in time. */
class CorrectionTest {

    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final Trade SECOND = trade("A", 20, "2025-03-04T00:00:20Z", "5", "2", false);
    private static final Trade THIRD = trade("A", 30, "2025-03-04T00:00:30Z", "6", "3", true);
    private static final long END = at("2025-03-04T00:01:00Z");

    @Test
    void betweenTheOthers() {
        assertCorrects(trade("A", 25, "2025-03-04T00:00:25Z", "9", "0.5", false), SECOND, THIRD);
    }

    @Test
    void firstOfAll() {
        assertCorrects(trade("A", 10, "2025-03-04T00:00:10Z", "1", "0.5", true), SECOND, THIRD);
    }

    @Test
    void lastOfAll() {
        assertCorrects(trade("A", 40, "2025-03-04T00:00:40Z", "7", "0.5", false), SECOND, THIRD);
    }

    @Test
    void atTheSameTimeTheIdDecides() {
        assertCorrects(trade("A", 31, "2025-03-04T00:00:30Z", "7"), SECOND, THIRD);
        assertCorrects(trade("A", 29, "2025-03-04T00:00:30Z", "7"), SECOND, THIRD);
    }

    @Test
    void theLastIsNotTheFirstWhateverItsId() {
        assertCorrects(trade("A", 5, "2025-03-04T00:00:40Z", "7"), SECOND, THIRD);
    }

    @Test
    void theFirstIsTheEarliestWhateverItsId() {
        Candle stored = candle(SECOND, THIRD).withFirstTime(SECOND.time());
        Candle later = Correction.fold(stored, trade("A", 5, "2025-03-04T00:00:25Z", "9"));
        assertThat(later.open()).isEqualByComparingTo("5");
        assertThat(later.firstTradeId()).isEqualTo(20);
        assertThat(later.firstTime()).isEqualTo(SECOND.time());
        Trade earliest = trade("A", 50, "2025-03-04T00:00:10Z", "7");
        Candle earlier = Correction.fold(stored, earliest);
        assertThat(earlier.open()).isEqualByComparingTo("7");
        assertThat(earlier.firstTradeId()).isEqualTo(50);
        assertThat(earlier.firstTime()).isEqualTo(earliest.time());
        assertThat(NaiveCandles.plain(earlier)).isEqualTo(candle(SECOND, THIRD, earliest));
    }

    @Test
    void anAggregateCountsItsExecutions() {
        long time = at("2025-03-04T00:00:10Z");
        assertCorrects(
                new Trade("A", 11, BigDecimal.TEN, BigDecimal.ONE, time, false, 7, 9),
                SECOND,
                THIRD);
    }

    @Test
    void aFlatCandleBecomesTraded() {
        Trade before = trade("A", 1, "2025-03-03T23:59:10Z", "3");
        Trade late = trade("A", 10, "2025-03-04T00:00:10Z", "1", "0.5", true);
        Candle flat = NaiveCandles.of(List.of(before), MINUTE, END - 1, END).get(1);
        assertThat(flat.isFlat()).isTrue();
        assertThat(NaiveCandles.plain(Correction.fold(flat, late)))
                .isEqualTo(NaiveCandles.of(List.of(before, late), MINUTE, END - 1, END).get(1));
    }

    @Test
    void aMissingCandleIsTheTradeAlone() {
        Trade late = trade("A", 10, "2025-03-04T00:00:10Z", "1", "0.5", true);
        CandleKey key = new CandleKey("A", "1m", at("2025-03-04T00:00:00Z"));
        assertThat(NaiveCandles.plain(Correction.first(key, END - 1, late)))
                .isEqualTo(candle(late));
    }

    private static void assertCorrects(Trade late, Trade... inTime) {
        List<Trade> all = new ArrayList<>(Arrays.asList(inTime));
        all.add(late);
        assertThat(NaiveCandles.plain(Correction.fold(candle(inTime), late)))
                .isEqualTo(candle(all.toArray(Trade[]::new)));
    }

    private static Candle candle(Trade... trades) {
        return NaiveCandles.of(List.of(trades), MINUTE, END - 1, END).get(0);
    }
}
