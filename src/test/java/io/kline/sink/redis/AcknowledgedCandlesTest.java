package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcknowledgedCandlesTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static final String OTHER = "ETHUSDT";

    private final AcknowledgedCandles acknowledged = new AcknowledgedCandles();

    private void remember(Candle candle, long now, boolean hasLatest) {
        acknowledged.remember(candle, now, hasLatest);
        acknowledged.forget(now);
    }

    /** The server that acknowledges may have taken over without them. */
    @Test
    void acknowledgingForgetsNothingByItself() {
        acknowledged.remember(candle(1, 1), 0, true);
        acknowledged.remember(candle(2, 1), SECOND, true);
        acknowledged.remember(candle(3, 1), 62 * SECOND, true);
        assertThat(rewritten()).containsOnly(candle(1, 1), candle(2, 1), candle(3, 1));
        acknowledged.forget(62 * SECOND);
        assertThat(rewritten()).containsOnly(candle(3, 1));
    }

    @Test
    void newestIsRememberedForEver() {
        remember(candle(1, 1), 0, true);
        remember(candle(BTC, "1h", 0, 1), 0, true);

        remember(candle(OTHER, "1m", 0, 1), 1_000_000 * SECOND, true);
        assertThat(rewritten())
                .containsExactlyInAnyOrder(
                        candle(1, 1), candle(BTC, "1h", 0, 1), candle(OTHER, "1m", 0, 1));
    }

    @Test
    void olderOnesAreRememberedForAMinute() {
        remember(candle(1, 1), 0, true);
        remember(candle(2, 1), 10 * SECOND, true);
        remember(candle(3, 1), 20 * SECOND, true);
        remember(candle(1, 2), 25 * SECOND, true);

        remember(candle(3, 2), 60 * SECOND, true);
        assertThat(rewritten()).containsOnly(candle(1, 2), candle(2, 1), candle(3, 2));
        remember(candle(3, 3), 80 * SECOND, true);
        assertThat(rewritten()).containsOnly(candle(1, 2), candle(3, 3));
        remember(candle(3, 4), 90 * SECOND, true);
        assertThat(rewritten()).containsOnly(candle(3, 4));
    }

    /** What was closed just before Redis went away is lost with its last second. */
    @Test
    void timeWithoutAnAnswerTakesNothingAway() {
        remember(candle(1, 5), 0, true);
        remember(candle(2, 1), SECOND, true);

        assertThat(rewritten()).containsOnly(candle(1, 5), candle(2, 1));
    }

    @Test
    void lowerVersionDoesNotReplaceAHigherOne() {
        remember(candle(1, 2), 0, true);
        remember(candle(1, 1), 1, true);

        assertThat(rewritten()).containsOnly(candle(1, 2));
    }

    @Test
    void rewritingLeavesNothingConfirmed() {
        remember(candle(1, 1), 0, true);
        assertThat(acknowledged.isConfirmed(candle(9, 1))).isTrue();
        assertThat(acknowledged.isConfirmed(candle(BTC, "1h", 9, 1))).isFalse();

        rewritten();
        assertThat(acknowledged.isConfirmed(candle(9, 1))).isFalse();

        remember(candle(1, 1), 0, true);
        assertThat(acknowledged.isConfirmed(candle(9, 1))).isTrue();
    }

    @Test
    void numberOfOlderOnesIsBounded() {
        for (int minute = 0; minute <= AcknowledgedCandles.MOST_RECENT + 1; minute++) {
            remember(candle(minute, 1), 0, true);
        }

        assertThat(rewritten())
                .hasSize(AcknowledgedCandles.MOST_RECENT + 1)
                .doesNotContain(candle(0, 1));
    }

    private List<Candle> rewritten() {
        List<Candle> candles = new ArrayList<>();
        int count = acknowledged.rewrite(candles::add);
        assertThat(candles).hasSize(count).doesNotHaveDuplicates();
        return candles;
    }
}
