package io.kline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Lag;
import org.junit.jupiter.api.Test;

class BacklogTest {

    private final Backlog backlog = new Backlog(5_000, 1_000);

    @Test
    void theFirstTradesAreWaitedFor() {
        assertThat(backlog.isBeingRead(7)).isTrue();
        assertThat(backlog.isBeingRead(7 + Backlog.FIRST_TRADES - 1)).isTrue();
        assertThat(backlog.isBeingRead(7 + Backlog.FIRST_TRADES)).isFalse();
    }

    @Test
    void aPartitionThatHasCaughtUpIsNotWaitedFor() {
        backlog.seen(3, Lag.LONG);
        assertThat(backlog.isBeingRead(1)).isTrue();
        backlog.seen(4, Lag.NONE);
        assertThat(backlog.isBeingRead(2)).as("the other is not through").isTrue();
        backlog.seen(3, Lag.NONE);
        assertThat(backlog.isBeingRead(3)).isFalse();
    }

    @Test
    void aSilenceIsBelievedWhenItIsSeenOftenEnough() {
        backlog.seen(3, Lag.LONG);
        assertThat(backlog.isBeingRead(0)).isTrue();
        assertThat(backlog.isBeingRead(60_000)).as("perhaps the machine was busy").isTrue();
        for (int look = 2; look <= 4; look++) {
            assertThat(backlog.isBeingRead(60_000 + 1_000 * look)).isTrue();
        }
        assertThat(backlog.isBeingRead(65_000)).isFalse();
    }

    @Test
    void anyOldTradeEndsTheSilence() {
        backlog.seen(3, Lag.LONG);
        for (int look = 0; look < 5; look++) {
            assertThat(backlog.isBeingRead(1_000 * look)).isTrue();
        }
        backlog.seen(3, Lag.LONG);
        for (int look = 5; look < 10; look++) {
            assertThat(backlog.isBeingRead(1_000 * look)).isTrue();
        }
        assertThat(backlog.isBeingRead(10_000)).isFalse();
    }

    @Test
    void mostTradesSayWhetherTheyHadToWait() {
        assertThat(backlog.recentLag()).isEqualTo(Lag.NONE);
        backlog.seen(1, Lag.SHORT);
        backlog.seen(1, Lag.LONG);
        backlog.seen(2, Lag.NONE);
        assertThat(backlog.recentLag()).isEqualTo(Lag.SHORT);
        assertThat(backlog.recentLag()).as("none since").isEqualTo(Lag.NONE);
        backlog.seen(1, Lag.SHORT);
        backlog.seen(2, Lag.NONE);
        assertThat(backlog.recentLag()).isEqualTo(Lag.NONE);
        backlog.seen(1, Lag.LONG);
        assertThat(backlog.recentLag()).isEqualTo(Lag.LONG);
    }
}
