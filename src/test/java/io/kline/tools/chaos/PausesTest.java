package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PausesTest {

    private static final Duration ALLOWED = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(100);

    private long now;
    private Duration freshness = Duration.ZERO;
    private final SymbolWaits waits = new SymbolWaits(() -> now);
    private final Pauses pauses =
            new Pauses(() -> freshness, () -> freshness = Duration.ZERO, waits);

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
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY))
                .isEqualTo(new Pauses.Wait("A", Duration.ofSeconds(3), ALLOWED));
    }

    @Test
    void whatIsAwayHidesNobodyElse() {
        pauses.begin();
        pauses.away("AWAY"::equals);
        waits.sent("AWAY", 1);
        seconds(74);
        waits.sent("OTHER", 1);
        seconds(6);

        Pauses.Wait wait = pauses.longestOfASymbol(ALLOWED, AWAY);

        assertThat(wait).isEqualTo(new Pauses.Wait("OTHER", Duration.ofSeconds(6), ALLOWED));
        assertThat(wait.isTooLong()).isTrue();
        waits.seen("OTHER", 1);
        seconds(21);
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY).symbol()).isEqualTo("AWAY");
    }

    @Test
    void whereNobodyTradedNobodyWaited() {
        assertThat(pauses.longestOfASymbol(ALLOWED, AWAY).isTooLong()).isFalse();
    }

    private void seconds(int count) {
        now += Duration.ofSeconds(count).toNanos();
    }
}
