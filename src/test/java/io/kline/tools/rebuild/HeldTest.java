package io.kline.tools.rebuild;

import static io.kline.testing.CandleBuilder.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** With an allowed lateness of two minutes, and trades up to minute 10. */
class HeldTest {

    private static final long MINUTE = 60_000;
    private static final Interval ONE = Interval.parse("1m", ZoneOffset.UTC);
    private static final Held HELD = new Held(10 * MINUTE, 2 * MINUTE, 20 * MINUTE);

    @Test
    void aCandleThatTakesTradesIsHeld() {
        assertThat(isSettled(7, true, Long.MAX_VALUE)).isTrue();
        assertThat(isSettled(8, true, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void flatCandlesBehindTheLastTradeThatWasGivenUpAreHeld() {
        assertThat(isSettled(4, false, 7 * MINUTE)).isTrue();
        assertThat(isSettled(4, false, 8 * MINUTE)).isFalse();
        assertThat(isSettled(4, false, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void theLatestIsHeld() {
        Candle latest = candle("A", "1m", 3 * MINUTE).build();
        assertThat(HELD.isSettled(ONE, 2 * MINUTE, 3 * MINUTE, true, 0, latest)).isTrue();
        assertThat(HELD.isSettled(ONE, 3 * MINUTE, 4 * MINUTE, true, 0, latest)).isFalse();
    }

    @Test
    void whatNoJobHasSeenIsNotHeld() {
        Held nothing = new Held(Long.MIN_VALUE, 2 * MINUTE, 20 * MINUTE);
        assertThat(nothing.isSettled(ONE, 9 * MINUTE, 10 * MINUTE, false, 0, null)).isTrue();
    }

    @Test
    void itsTimeIsOverByTheClock() {
        assertThat(HELD.isOver(18 * MINUTE)).isTrue();
        assertThat(HELD.isOver(18 * MINUTE + 1)).isFalse();
    }

    private static boolean isSettled(long minute, boolean isTraded, long next) {
        return HELD.isSettled(ONE, minute * MINUTE, (minute + 1) * MINUTE, isTraded, next, null);
    }
}
