package io.kline.server.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.CandleBuilder;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CandleOrderTest {

    private static final long MINUTE = 60_000;
    private static final long SECOND = 1_000_000_000;

    private final CandleOrder order = new CandleOrder(Interval.parse("1m", ZoneOffset.UTC));

    @BeforeEach
    void begin() {
        assertThat(order.begin()).isEmpty();
    }

    /**
     * Of an old candle that was corrected just then nobody would know that it is not the newest.
     */
    @Test
    void beforeTheNewestIsThereNothingGoesOut() {
        CandleOrder fresh = new CandleOrder(Interval.parse("1m", ZoneOffset.UTC));
        assertThat(fresh.accept(closed(1, 7), 0)).isEmpty();
        assertThat(fresh.accept(open(5, 1), 0)).isEmpty();
        assertThat(names(fresh.begin())).containsExactly("1 n7 closed");
        assertThat(names(fresh.release(0))).containsExactly("5 n1");
        assertThat(fresh.begin()).isEmpty();
        assertThat(names(fresh.accept(closed(5, 2), 0))).containsExactly("5 n2 closed");
    }

    @Test
    void theOneBeforeTheNewestGoesOutIfItHasClosedMeanwhile() {
        CandleOrder fresh = new CandleOrder(Interval.parse("1m", ZoneOffset.UTC));
        fresh.accept(closed(1, 7), 0);
        fresh.accept(open(3, 6), 0);
        fresh.accept(closed(4, 5), 0);
        fresh.accept(closed(5, 2), 0);
        fresh.accept(open(6, 1), 0);
        assertThat(names(fresh.begin()))
                .containsExactly("1 n7 closed", "3 n6", "4 n5 closed", "5 n2 closed");
        assertThat(names(fresh.release(0))).containsExactly("5 n2 closed", "6 n1");
    }

    @Test
    void otherwiseTheNewestGoesOutAlone() {
        for (Candle before : List.of(open(5, 2), closed(4, 2))) {
            CandleOrder fresh = new CandleOrder(Interval.parse("1m", ZoneOffset.UTC));
            fresh.accept(before, 0);
            fresh.accept(open(6, 1), 0);
            assertThat(fresh.begin()).hasSize(1);
            assertThat(names(fresh.release(0))).containsExactly("6 n1");
        }
    }

    @Test
    void whatIsReadFromTheStoresIsWaitedForLonger() {
        accept(open(1, 5), 0);
        order.hold(0);
        assertThat(accept(open(3, 1), 0)).isEmpty();
        assertThat(accept(open(1, 6), 0)).containsExactly("1 n6");
        assertThat(names(order.release(29 * SECOND))).isEmpty();
        assertDeadline(30);
        assertThat(accept(closed(1, 7), 29 * SECOND)).containsExactly("1 n7 closed");
        assertThat(accept(closed(2, 4), 29 * SECOND)).containsExactly("2 n4 closed", "3 n1");
        order.begin();
        assertThat(accept(closed(5, 4), 29 * SECOND)).isEmpty();
        assertDeadline(31);
    }

    @Test
    void butNotForEver() {
        accept(open(1, 5), 0);
        order.hold(0);
        accept(open(3, 1), SECOND);
        assertThat(names(order.release(30 * SECOND))).containsExactly("3 n1");
        accept(open(5, 1), 30 * SECOND);
        assertThat(names(order.release(32 * SECOND))).containsExactly("5 n1");
    }

    @Test
    void whereReadingFailsItIsWaitedForThreeMinutesInAll() {
        accept(open(1, 5), 0);
        order.hold(0);
        accept(open(3, 1), SECOND);
        for (int tried = 10; tried < 180; tried += 10) {
            order.holdOn(tried * SECOND);
            assertThat(names(order.release(tried * SECOND))).isEmpty();
        }
        assertDeadline(180);
        assertThat(names(order.release(180 * SECOND))).containsExactly("3 n1");
        order.holdOn(181 * SECOND);
        accept(open(5, 1), 181 * SECOND);
        assertDeadline(183);
        order.hold(182 * SECOND);
        assertDeadline(212);
        order.letGo();
        assertDeadline(183);
    }

    @Test
    void whereTheChannelIsLostItIsWaitedForThreeMinutesAndForTheReading() {
        accept(open(1, 5), 0);
        accept(open(2, 1), 0);
        order.lose(SECOND);
        assertDeadline(181);
        order.holdOn(2 * SECOND);
        assertDeadline(181);
        order.hold(100 * SECOND);
        assertDeadline(130);
        order.lose(110 * SECOND);
        assertDeadline(181);
        order.hold(180 * SECOND);
        assertDeadline(210);
        order.holdOn(190 * SECOND);
        assertDeadline(211);
        assertThat(names(order.release(211 * SECOND))).containsExactly("2 n1");
    }

    /** Time for the reading is left wherever in a hold the channel was lost. */
    @Test
    void aChannelMayBeLostWhileItIsRead() {
        accept(open(1, 5), 0);
        accept(open(2, 1), 0);
        order.hold(0);
        order.holdOn(25 * SECOND);
        order.lose(50 * SECOND);
        assertDeadline(180);
        order.hold(175 * SECOND);
        assertDeadline(205);
        order.lose(190 * SECOND);
        assertDeadline(210);
        assertThat(names(order.release(210 * SECOND))).containsExactly("2 n1");
    }

    @Test
    void beforeTheNewestIsThereACandleWaitsTwoSecondsAtMost() {
        CandleOrder fresh = new CandleOrder(Interval.parse("1m", ZoneOffset.UTC));
        assertThat(fresh.accept(open(5, 1), 0)).isEmpty();
        assertThat(names(fresh.release(2 * SECOND))).containsExactly("5 n1");
        assertThat(fresh.begin()).isEmpty();
        assertThat(names(fresh.accept(open(5, 2), 2 * SECOND))).containsExactly("5 n2");
    }

    @Test
    void theClosingVersionComesBeforeTheNextCandle() {
        assertThat(accept(open(1, 5), 0)).containsExactly("1 n5");
        assertThat(accept(open(2, 1), SECOND)).isEmpty();
        assertThat(accept(open(1, 6), SECOND)).containsExactly("1 n6");
        assertThat(accept(open(2, 3), SECOND)).isEmpty();
        assertThat(accept(closed(1, 6), SECOND)).containsExactly("1 n6 closed", "2 n3");
        assertThat(accept(open(2, 4), SECOND)).containsExactly("2 n4");
        assertThat(order.deadline()).isEmpty();
    }

    @Test
    void aCandleWaitsTwoSecondsAtMost() {
        accept(open(1, 5), 0);
        accept(open(2, 1), SECOND);
        accept(open(2, 2), 2 * SECOND);
        assertDeadline(3);
        assertThat(names(order.release(3 * SECOND - 1))).isEmpty();
        assertThat(names(order.release(3 * SECOND))).containsExactly("2 n2");
        assertThat(order.deadline()).isEmpty();
        assertThat(order.isOver(closed(1, 5))).isTrue();
        assertThat(order.isOver(closed(2, 5))).isFalse();
    }

    @Test
    void eachCandleWaitsFromWhenItCameAndNeverLongerThanALaterOne() {
        accept(open(1, 5), 0);
        accept(open(3, 1), SECOND);
        accept(open(2, 1), 2 * SECOND);
        assertThat(names(order.release(3 * SECOND))).containsExactly("2 n1", "3 n1");
    }

    @Test
    void severalCandlesAtOnceGoOutInTheirOrder() {
        accept(open(1, 5), 0);
        assertThat(accept(closed(3, 0), 0)).isEmpty();
        assertThat(accept(open(4, 0), 0)).isEmpty();
        assertThat(accept(closed(2, 0), 0)).isEmpty();
        assertThat(accept(closed(1, 5), 0))
                .containsExactly("1 n5 closed", "2 n0 closed", "3 n0 closed", "4 n0");
    }

    @Test
    void whatWasMissedIsWaitedFor() {
        accept(closed(1, 5), 0);
        assertThat(accept(open(3, 1), 0)).isEmpty();
        assertThat(accept(closed(2, 7), SECOND)).containsExactly("2 n7 closed", "3 n1");
    }

    /** Redis may have forgotten the newer one in a fail-over. */
    @Test
    void ofWhatWaitsTheHigherVersionIsKept() {
        accept(open(1, 5), 0);
        accept(closed(2, 7), 0);
        assertThat(accept(open(2, 6), 0)).isEmpty();
        assertThat(accept(closed(1, 6), 0)).containsExactly("1 n6 closed", "2 n7 closed");
    }

    @Test
    void aSymbolThatHasRestedGoesOn() {
        accept(open(1, 5), 0);
        assertThat(accept(open(40_000, 1), 100 * SECOND)).isEmpty();
        assertThat(names(order.release(102 * SECOND))).containsExactly("40000 n1");
    }

    @Test
    void aClosedCandleMayBeCorrectedWhileItIsTheNewest() {
        accept(closed(1, 5), 0);
        assertThat(accept(closed(1, 6), 0)).containsExactly("1 n6 closed");
    }

    @Test
    void onlySoManyWait() {
        accept(open(1, 1), 0);
        for (int n = 3; n < CandleOrder.MOST_WAITING + 3; n++) {
            assertThat(accept(closed(n, 1), 0)).isEmpty();
        }
        assertThat(accept(open(CandleOrder.MOST_WAITING + 3, 1), 0))
                .hasSize(CandleOrder.MOST_WAITING + 1)
                .startsWith("3 n1 closed", "4 n1 closed");
    }

    private void assertDeadline(long second) {
        assertThat(order.deadline()).isEqualTo(OptionalLong.of(second * SECOND));
    }

    private List<String> accept(Candle candle, long now) {
        return names(order.accept(candle, now));
    }

    private static List<String> names(List<Candle> candles) {
        return candles.stream()
                .map(
                        candle ->
                                candle.openTime() / MINUTE
                                        + " n"
                                        + candle.count()
                                        + (candle.closed() ? " closed" : ""))
                .toList();
    }

    private static Candle open(long minute, long count) {
        return candle(minute, count, false);
    }

    private static Candle closed(long minute, long count) {
        return candle(minute, count, true);
    }

    private static Candle candle(long minute, long count, boolean closed) {
        return CandleBuilder.candle("BTCUSDT", "1m", minute * MINUTE)
                .count(count)
                .closed(closed)
                .build();
    }
}
