package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollingCandleTest {

    private static final long HOUR = 3_600_000;
    private static final Interval DAY = Interval.parse("1d", ZoneOffset.ofHours(8));
    private static final Interval PART = Interval.parse("8h", ZoneOffset.UTC);

    /** When a day of +08:00 opens. */
    private static final long OPEN = -8 * HOUR;

    private final RollingCandle rolling = new RollingCandle(DAY, PART);

    @Test
    void nothingIsCompleteBeforeThereIsABeginning() {
        assertThat(rolling.add(part(0, 5, false))).isEmpty();
        assertThat(rolling.since(0)).isEqualTo(OPEN - 24 * HOUR);
        List<Candle> changed =
                rolling.begin(rolling.since(0), List.of(part(-1, 7, true), part(0, 6, false)));
        assertThat(changed).extracting(Candle::openTime).containsExactly(OPEN - 24 * HOUR, OPEN);
        assertThat(changed).extracting(Candle::count).containsExactly(7L, 6L);
    }

    /** It is emitted with the beginning, although the stores know nothing newer of it. */
    @Test
    void aPartThatCameBeforeTheBeginningIsNotLeftOut() {
        rolling.add(part(0, 6, false));
        List<Candle> changed =
                rolling.begin(rolling.since(0), List.of(part(-1, 7, true), part(0, 6, false)));
        assertThat(changed).extracting(Candle::openTime).containsExactly(OPEN - 24 * HOUR, OPEN);
        assertThat(rolling.begin(rolling.since(0), List.of(part(0, 6, false)))).isEmpty();
    }

    @Test
    void aPartChangesItsCandle() {
        rolling.begin(rolling.since(0), List.of(part(0, 6, true), part(1, 1, false)));
        Candle day = rolling.add(part(1, 4, false)).orElseThrow();
        assertThat(day.count()).isEqualTo(10);
        assertThat(day.interval()).isEqualTo("1d");
        assertThat(day.closeTime()).isEqualTo(OPEN + 24 * HOUR - 1);
        assertThat(day.closed()).isFalse();
        assertThat(rolling.add(part(1, 3, false))).isEmpty();
        assertThat(rolling.add(part(2, 2, true)).map(Candle::closed)).contains(true);
        assertThat(rolling.add(part(3, 1, false)).map(Candle::openTime)).contains(OPEN + 24 * HOUR);
        assertThat(rolling.add(part(2, 3, true)).map(Candle::count)).contains(13L);
    }

    @Test
    void daysBeforeTheLastAreForgotten() {
        rolling.begin(rolling.since(0), List.of(part(0, 6, true)));
        rolling.add(part(6, 1, false));
        assertThat(rolling.add(part(1, 9, true))).isEmpty();
        assertThat(rolling.add(part(3, 2, true)).map(Candle::count)).contains(2L);
    }

    @Test
    void candlesOfTooManyPartsHaveNoSource() {
        Interval minute = Interval.parse("1m", ZoneOffset.UTC);
        assertThat(RollingCandle.source(List.of(minute), DAY)).isEmpty();
        assertThat(RollingCandle.source(List.of(minute, PART), DAY)).isEqualTo(Optional.of(PART));
        assertThat(RollingCandle.source(List.of(PART), Interval.parse("8h", ZoneOffset.ofHours(8))))
                .isEqualTo(Optional.of(PART));
    }

    private static Candle part(int number, long count, boolean closed) {
        return CandleBuilder.candle("BTCUSDT", "8h", OPEN + number * 8 * HOUR)
                .count(count)
                .closed(closed)
                .build();
    }
}
