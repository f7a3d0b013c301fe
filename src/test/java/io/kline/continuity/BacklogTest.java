package io.kline.continuity;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BacklogTest {

    private static final long NOW = 1_741_089_600_000L;
    private static final long HOUR = 3_600_000;

    private final Backlog backlog = new Backlog();

    @Test
    void afterAStartItIsAssumedForAWhile() {
        assertThat(backlog.isBeingRead(NOW)).isTrue();
        assertThat(backlog.isBeingRead(NOW + Backlog.FIRST_TRADES - 1)).isTrue();
        assertThat(backlog.isBeingRead(NOW + Backlog.FIRST_TRADES)).isFalse();
    }

    @Test
    void aLiveTradeTellsThatThereIsNone() {
        assertThat(backlog.isBeingRead(NOW)).isTrue();
        backlog.seen(NOW - 200, NOW);
        assertThat(backlog.isBeingRead(NOW)).isFalse();
        assertThat(backlog.isBeingRead(NOW + HOUR)).as("a quiet market").isFalse();
    }

    @Test
    void manyOldTradesMayPauseOnABusyMachine() {
        for (int i = 0; i < Backlog.MANY; i++) {
            backlog.seen(NOW - HOUR + i, NOW + i);
        }
        long last = NOW + Backlog.MANY - 1;
        assertThat(backlog.isBeingRead(last + Backlog.LONG_PATIENCE - 1)).isTrue();
        assertThat(backlog.isBeingRead(last + Backlog.LONG_PATIENCE)).isFalse();
        backlog.seen(NOW, last + Backlog.LONG_PATIENCE);
        assertThat(backlog.isBeingRead(last + Backlog.LONG_PATIENCE + Backlog.PATIENCE))
                .as("a new row begins")
                .isFalse();
    }

    @Test
    void aDelayedTradeHoldsTimeUpForAMomentOnly() {
        backlog.seen(NOW - 30_000, NOW);
        assertThat(backlog.isBeingRead(NOW + Backlog.PATIENCE - 1)).isTrue();
        assertThat(backlog.isBeingRead(NOW + Backlog.PATIENCE)).isFalse();
    }

    @Test
    void aDelayedTradeAmongNewerOnesDoesNotCount() {
        backlog.seen(NOW, NOW);
        backlog.seen(NOW - HOUR, NOW);
        assertThat(backlog.isBeingRead(NOW)).isFalse();
    }

    @Test
    void itIsOverWhenTheTradesAreLiveAgain() {
        for (int i = 0; i < Backlog.MANY; i++) {
            backlog.seen(NOW - HOUR + i, NOW);
        }
        backlog.seen(NOW, NOW);
        assertThat(backlog.isBeingRead(NOW)).isFalse();
    }
}
