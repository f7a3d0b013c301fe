package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Duration ALLOWED = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(100);
    private static final Duration AFTER_LOSS = Duration.ofSeconds(65);

    private long now;
    private Duration freshness = Duration.ZERO;
    private final SymbolWaits waits = new SymbolWaits(() -> now);
    private final Pauses pauses =
            new Pauses(() -> freshness, () -> freshness = Duration.ZERO, this::becomeFresh, waits);

    @Test
    void aPauseBeforeAClosedMarketCounts() {
        pauses.begin();
        freshness = Duration.ofSeconds(40);
        pauses.stop();
        freshness = Duration.ofSeconds(300);
        assertThat(pauses.longest()).hasSeconds(40);

        pauses.resume();
        freshness = Duration.ofSeconds(2);

        assertThat(pauses.longest()).hasSeconds(40);
        freshness = Duration.ofSeconds(50);
        assertThat(pauses.longest()).hasSeconds(50);
    }

    @Test
    void anotherScenarioBeginsAnew() {
        freshness = Duration.ofSeconds(40);
        waits.sent("A", 1);
        seconds(40);
        pauses.stop();
        pauses.away(symbol -> true);

        pauses.begin();
        seconds(3);

        assertThat(pauses.longest()).isZero();
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS))
                .isEqualTo(new Pauses.Wait("A", Duration.ofSeconds(3), ALLOWED));
    }

    @Test
    void whatIsAwayStaysSoForWhatIsPlayedMeanwhile() {
        pauses.begin();
        pauses.away("AWAY"::equals);
        pauses.awaitAway(false);
        waits.sent("AWAY", 1);
        seconds(200);

        pauses.beginPart();
        seconds(90);

        assertThat(pauses.isAwaited("AWAY")).isFalse();
        assertThat(pauses.isAwaited("OTHER")).isTrue();
        assertThat(waits.hasSeenAll(now, pauses::isAwaited)).isTrue();
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS))
                .isEqualTo(new Pauses.Wait("AWAY", Duration.ofSeconds(90), AWAY));
        pauses.awaitAway(true);
        assertThat(waits.hasSeenAll(now, pauses::isAwaited)).isFalse();
    }

    @Test
    void anotherScenarioAwaitsAllSymbols() {
        pauses.away(symbol -> true);
        pauses.awaitAway(false);

        pauses.begin();

        assertThat(pauses.isAwaited("A")).isTrue();
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS).allowed()).isEqualTo(ALLOWED);
    }

    @Test
    void whatIsAwayHidesNobodyElse() {
        pauses.begin();
        pauses.away("AWAY"::equals);
        waits.sent("AWAY", 1);
        seconds(74);
        waits.sent("OTHER", 1);
        seconds(6);

        Pauses.Wait wait = pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS);

        assertThat(wait).isEqualTo(new Pauses.Wait("OTHER", Duration.ofSeconds(6), ALLOWED));
        assertThat(wait.isTooLong()).isTrue();
        waits.seen("OTHER", 1);
        seconds(21);
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS).symbol()).isEqualTo("AWAY");
    }

    @Test
    void whatAPreparationWouldHealIsJudgedBefore() throws Exception {
        pauses.begin();
        waits.sent("A", 1);

        pauses.leaveOut(() -> seconds(100));

        assertThat(pauses.longest()).hasSeconds(30);
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS))
                .isEqualTo(new Pauses.Wait("A", Duration.ofSeconds(30), ALLOWED));
    }

    @Test
    void whatIsOnItsWayIsWaitedForInAClosedMarketToo() {
        pauses.begin();
        waits.sent("A", 1);
        pauses.closeMarket();
        seconds(100);
        pauses.openMarket();

        assertThat(pauses.longest()).isZero();
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS).time()).hasSeconds(100);
    }

    @Test
    void aLossHasALimitOfItsOwn() {
        pauses.begin();
        waits.sent("A", 1);
        waits.seen("A", 1);
        waits.seen("A", Long.MIN_VALUE);
        seconds(64);
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS).isTooLong()).isFalse();
        seconds(2);

        Pauses.Wait wait = pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS);

        assertThat(wait)
                .isEqualTo(new Pauses.Wait("A after a loss", Duration.ofSeconds(66), AFTER_LOSS));
        assertThat(wait.isTooLong()).isTrue();
    }

    @Test
    void whoLostNothingDidNotWaitAfterALoss() {
        pauses.begin();
        waits.sent("A", 1);
        seconds(1);
        waits.seen("A", 1);

        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, Duration.ofSeconds(1)).symbol())
                .isEqualTo("A");
    }

    @Test
    void whereNobodyTradedNobodyWaited() {
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY, AFTER_LOSS).isTooLong()).isFalse();
    }

    /** Takes 30 s. */
    private void becomeFresh() {
        seconds(30);
        freshness = freshness.plusSeconds(30);
        waits.seen("A", 1);
    }

    private void seconds(int count) {
        now += Duration.ofSeconds(count).toNanos();
    }
}
