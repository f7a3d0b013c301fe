package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymbolWaitsTest {

    private long now;
    private final SymbolWaits waits = new SymbolWaits(() -> now);

    @Test
    void aSymbolThatStandsStillIsSeenWhileOthersGoOn() {
        for (int second = 0; second < 100; second++) {
            waits.sent("GOES", second * 1_000);
            waits.sent("STANDS", second * 1_000);
            seconds(1);
            waits.seen("GOES", second * 1_000);
        }

        assertThat(waits.longest().get("GOES")).hasSeconds(1);
        assertThat(waits.longest().get("STANDS")).hasSeconds(100);
    }

    @Test
    void whoDoesNotTradeDoesNotWait() {
        waits.sent("QUIET", 1_000);
        waits.seen("QUIET", 1_000);
        seconds(500);
        waits.sent("QUIET", 501_000);
        seconds(2);
        waits.seen("QUIET", 501_000);

        assertThat(waits.longest().get("QUIET")).hasSeconds(2);
    }

    @Test
    void anOlderKlineDoesNotEndAWait() {
        waits.sent("A", 1_000);
        seconds(3);
        waits.seen("A", 999);
        seconds(3);
        waits.sent("A", 2_000);
        waits.seen("A", 1_500);
        seconds(3);
        waits.seen("A", 2_000);

        assertThat(waits.longest().get("A")).hasSeconds(6);
    }

    @Test
    void aTradeThatComesLateOrTwiceCannotBeWaitedFor() {
        waits.sent("A", 2_000);
        waits.seen("A", 2_000);
        waits.sent("A", 1_900);
        waits.sent("A", 2_000);

        assertThat(waits.hasSeenAll(now, any -> true)).isTrue();
    }

    @Test
    void whatIsNotMeasuredIsLeftOutAndTheRestIsKept() {
        waits.sent("A", 1_000);
        seconds(7);
        waits.stop();
        seconds(100);
        assertThat(waits.longest().get("A")).hasSeconds(7);

        waits.resume();
        seconds(2);

        assertThat(waits.longest().get("A")).hasSeconds(7);
        seconds(6);
        assertThat(waits.longest().get("A")).hasSeconds(8);
    }

    @Test
    void aScenarioBeginsWithoutTheWaitsBefore() {
        waits.sent("A", 1_000);
        seconds(50);
        waits.longest();

        waits.forget();
        waits.resume();
        seconds(3);

        assertThat(waits.longest().get("A")).as("still stands").hasSeconds(3);
    }

    @Test
    void whatWasSentAfterwardsIsNotAwaited() {
        waits.sent("A", 1_000);
        long before = now;
        seconds(1);
        waits.sent("A", 2_000);
        waits.sent("B", 2_000);
        assertThat(waits.hasSeenAll(before, any -> true)).isFalse();

        waits.seen("A", 1_000);

        assertThat(waits.hasSeenAll(before, any -> true)).isTrue();
        assertThat(waits.hasSeenAll(now, any -> true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, 999})
    void whatIsMissingOrFellBackIsWaitedForAlthoughNobodyTrades(long afterLoss) {
        waits.sent("RESTS", 1_000);
        waits.seen("RESTS", 1_000);
        seconds(500);
        waits.seen("RESTS", afterLoss);
        seconds(40);
        waits.seen("RESTS", afterLoss);

        assertThat(waits.hasSeenAll(now, any -> true)).isFalse();
        seconds(2);
        waits.seen("RESTS", 1_000);
        seconds(500);

        assertThat(waits.longestAfterLoss().get("RESTS")).hasSeconds(42);
        assertThat(waits.longest().get("RESTS")).isZero();
        assertThat(waits.hasSeenAll(now, any -> true)).isTrue();
    }

    @Test
    void whatWasNeverSeenIsNotLost() {
        waits.sent("NEW", 1_000);
        waits.seen("NEW", Long.MIN_VALUE);
        seconds(3);

        assertThat(waits.longest().get("NEW")).hasSeconds(3);
        assertThat(waits.longestAfterLoss().get("NEW")).isZero();
    }

    @Test
    void aTradeSentBeforeALossMayHaveBeenLostWithIt() {
        waits.sent("A", 1_000);
        waits.seen("A", 1_000);
        waits.sent("A", 2_000);
        seconds(1);
        waits.seen("A", Long.MIN_VALUE);
        seconds(50);
        waits.sent("A", 3_000);
        seconds(4);
        waits.seen("A", 3_000);

        assertThat(waits.longest().get("A")).hasSeconds(4);
        assertThat(waits.longestAfterLoss().get("A")).hasSeconds(54);
    }

    @Test
    void aScenarioBeginsWithoutTheLossesBefore() {
        waits.sent("A", 1_000);
        waits.seen("A", 1_000);
        waits.seen("A", Long.MIN_VALUE);
        seconds(50);
        waits.longest();

        waits.forget();
        waits.resume();
        seconds(3);

        assertThat(waits.longestAfterLoss().get("A")).as("still lost").hasSeconds(3);
    }

    private void seconds(int count) {
        now += Duration.ofSeconds(count).toNanos();
    }
}
