package io.kline.store.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostLatestTest {

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long MARCH = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
    private static final Interval DAYS = Interval.parse("1d", ZoneOffset.UTC);
    private static final Interval MONTHS = Interval.parse("1M", ZoneOffset.UTC);

    private final LostLatest lost = new LostLatest(30 * DAY, 100);

    @Test
    void overdueIsWhatWasMissingAtEveryLook() {
        assertThat(lost.isOverdue("A", true, 0)).isFalse();
        assertThat(lost.isOverdue("A", true, 100)).isFalse();
        assertThat(lost.isOverdue("B", true, 101)).isFalse();
        assertThat(lost.isOverdue("A", true, 101)).isTrue();

        assertThat(lost.isOverdue("A", false, 150)).isFalse();
        assertThat(lost.isOverdue("A", true, 151)).isFalse();
        assertThat(lost.isOverdue("A", true, 252)).isTrue();
    }

    /** The last flat candle opens before 30 days have passed since the last trade. */
    @Test
    void theLastCandleOfASymbolAtRest() {
        long trade = MARCH + 10 * DAY + 5;

        assertThat(lost.last(Map.of(DAYS, day(40, trade)))).containsExactly(day(40, trade));
        assertThat(lost.last(Map.of(DAYS, day(39, trade)))).isEmpty();
    }

    /** The month of the last trade still forms: the stored one is not the latest. */
    @Test
    void aTradeInAnyIntervalShowsThatOthersHaveOpened() {
        Candle february =
                CandleBuilder.candle("A", "1M", MARCH - 28 * DAY).last(MARCH - 28 * DAY, 1).build();
        Map<Interval, Candle> newest = new LinkedHashMap<>();
        newest.put(MONTHS, february);

        assertThat(lost.last(newest)).as("at rest since its trade").isEmpty();

        newest.put(
                MONTHS,
                CandleBuilder.candle("A", "1M", MARCH - 28 * DAY)
                        .last(MARCH - 31 * DAY, 1)
                        .build());
        assertThat(lost.last(newest)).hasSize(1);
        newest.put(DAYS, day(35, MARCH + 5 * DAY));
        assertThat(lost.last(newest))
                .as("traded in March")
                .containsExactly(day(35, MARCH + 5 * DAY));
    }

    private static Candle day(int number, long lastTrade) {
        return CandleBuilder.candle("A", "1d", MARCH + number * DAY)
                .flat()
                .last(lastTrade, 7)
                .build();
    }
}
