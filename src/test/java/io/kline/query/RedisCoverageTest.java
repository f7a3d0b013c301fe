package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Minutes 0, 1, 2, … instead of open times. */
class RedisCoverageTest {

    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final long NOW = 9 * 60_000 + 1;

    @Test
    void newestAreInRedis() {
        RedisCoverage seam = seam(newest(null, 3), 9, 6, 7, 8);

        assertThat(seam.unknown()).isEmpty();
        assertThat(minutes(seam.join(List.of()))).containsExactly(7L, 8L, 9L);
    }

    @Test
    void onlyTheRestIsAskedFor() {
        assertThat(seam(newest(null, 5), 9, 7, 8).unknown())
                .contains(new Range(null, 7 * 60_000L - 1, 2));
        assertThat(seam(oldest(3, null, 9), 9, 7, 8).unknown())
                .contains(new Range(3 * 60_000L, 7 * 60_000L - 1, 9));
    }

    @Test
    void whatIsBelowAHoleIsAskedForAndJoined() {
        RedisCoverage seam = seam(newest(null, 5), 9, 5, 6, 8);

        assertThat(seam.unknown()).contains(new Range(null, 8 * 60_000L - 1, 3));
        assertThat(minutes(seam.join(candles(7, 6, 5)))).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(seam.hasHole()).isFalse();
    }

    @Test
    void holeInTheMiddleIsAllThatIsAskedFor() {
        RedisCoverage seam = seam(oldest(3, null, 9), 9, 3, 4, 7, 8);

        assertThat(seam.unknown()).contains(new Range(4 * 60_000L + 1, 7 * 60_000L - 1, 7));
        seam.join(candles(5));
        assertThat(seam.hasHole()).isTrue();
        seam.join(candles(6));
        assertThat(seam.hasHole()).isFalse();
    }

    @Test
    void latestThatIsNotCurrentProvesNothing() {
        assertThat(seam(newest(null, 2), 7, 5, 6).unknown()).contains(newest(null, 2));
        assertThat(seam(newest(null, 2), null, 8).unknown()).contains(newest(null, 2));
        assertThat(seam(oldest(6, null, 3), 7, 6).unknown())
                .contains(new Range(7 * 60_000L + 1, null, 1));
    }

    @Test
    void candleAtTheEndIsTheLast() {
        assertThat(seam(newest(6L, 2), null, 5, 6).unknown()).isEmpty();
        assertThat(seam(newest(6L, 2), 9, 4, 5).unknown()).contains(newest(6L, 2));
        assertThat(seam(oldest(5, 6L, 9), null, 5, 6).unknown()).isEmpty();
    }

    @Test
    void limitEndsARange() {
        assertThat(seam(oldest(5, null, 2), null, 5, 6, 7).unknown()).isEmpty();
        assertThat(seam(oldest(4, null, 2), null, 5, 6, 7).unknown())
                .contains(new Range(4 * 60_000L, 5 * 60_000L - 1, 2));
    }

    @Test
    void nothingIsAfterTheCurrentCandleAndBetweenTwoOpenTimes() {
        assertThat(seam(oldest(10, null, 5), 9).unknown()).isEmpty();
        assertThat(
                        new RedisCoverage(
                                        MINUTE,
                                        new Range(60_001L, 119_999L, 5),
                                        RedisSeries.NOTHING,
                                        NOW)
                                .unknown())
                .isEmpty();
    }

    private static RedisCoverage seam(Range range, Integer latest, long... history) {
        return new RedisCoverage(
                MINUTE,
                range,
                new RedisSeries(latest == null ? null : candle(latest), candles(history)),
                NOW);
    }

    private static Range newest(Long endMinute, int limit) {
        return new Range(null, endMinute == null ? null : (Long) (endMinute * 60_000), limit);
    }

    private static Range oldest(long minute, Long endMinute, int limit) {
        return new Range(
                minute * 60_000, endMinute == null ? null : (Long) (endMinute * 60_000), limit);
    }

    private static List<Long> minutes(List<Candle> candles) {
        return candles.stream().map(candle -> candle.openTime() / 60_000).toList();
    }

    private static List<Candle> candles(long... minutes) {
        return Arrays.stream(minutes).mapToObj(RedisCoverageTest::candle).toList();
    }

    private static Candle candle(long minute) {
        return CandleBuilder.candle("A", "1m", minute * 60_000).build();
    }
}
