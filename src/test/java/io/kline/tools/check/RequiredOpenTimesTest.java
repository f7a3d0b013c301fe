package io.kline.tools.check;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequiredOpenTimesTest {

    private static final OpenTimes MINUTES = OpenTimes.of("1m", ZoneOffset.UTC);
    private static final OpenTimes HOURS = OpenTimes.of("1h", ZoneOffset.UTC);

    /** Trades at 0:00:30, 0:02:10 and 0:10:00, carried for two minutes. */
    private static Stretches stretches() {
        Stretches stretches = new Stretches(120_000);
        stretches.add(600_000);
        stretches.add(30_000);
        stretches.add(130_000);
        return stretches;
    }

    @Test
    void aCandleExistsWhileThePriceIsCarried() {
        RequiredOpenTimes minutes = new RequiredOpenTimes(stretches(), MINUTES);
        // The last flat one opens at 0:04, before 0:04:10, and at 0:11, before 0:12.
        assertThat(minutes.within(0, 100))
                .containsExactly(
                        new RequiredOpenTimes.Range(0, 4), new RequiredOpenTimes.Range(10, 11));
        assertThat(minutes.contains(4)).isTrue();
        assertThat(minutes.contains(5)).isFalse();
        assertThat(minutes.contains(9)).isFalse();
        assertThat(minutes.count(3, 10)).isEqualTo(3);
        assertThat(minutes.within(4, 4)).containsExactly(new RequiredOpenTimes.Range(4, 4));
        assertThat(minutes.within(5, 9)).isEmpty();
    }

    @Test
    void theNewest() {
        RequiredOpenTimes minutes = new RequiredOpenTimes(stretches(), MINUTES);
        assertThat(minutes.upTo(100)).isEqualTo(11);
        assertThat(minutes.upTo(7)).isEqualTo(4);
        assertThat(minutes.upTo(-1)).isNull();
        assertThat(minutes.firstOfNewest(1, 11)).isEqualTo(11);
        assertThat(minutes.firstOfNewest(4, 11)).isEqualTo(3);
        assertThat(minutes.firstOfNewest(2, 7)).isEqualTo(3);
        assertThat(minutes.firstOfNewest(100, 11)).isZero();
    }

    @Test
    void inALargeCandleAStretchMayEndAndTheNextBegin() {
        assertThat(new RequiredOpenTimes(stretches(), HOURS).within(-5, 5))
                .isEqualTo(List.of(new RequiredOpenTimes.Range(0, 0)));
    }

    @Test
    void aLargeCandleOpensWhileThePriceIsCarried() {
        Stretches stretches = new Stretches(3_600_000);
        stretches.add(at("2025-03-04T10:59:59.999Z"));
        stretches.add(at("2025-03-04T13:00:00Z"));
        long ten = HOURS.number(at("2025-03-04T10:00:00Z"));
        // The candle that opens when the time is up is not one any more.
        assertThat(new RequiredOpenTimes(stretches, HOURS).within(0, ten + 100))
                .containsExactly(
                        new RequiredOpenTimes.Range(ten, ten + 1),
                        new RequiredOpenTimes.Range(ten + 3, ten + 3));
    }
}
