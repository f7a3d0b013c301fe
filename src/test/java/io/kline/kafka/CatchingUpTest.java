package io.kline.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Lag;
import org.junit.jupiter.api.Test;

class CatchingUpTest {

    private static final long START = 1_764_288_000_000L;

    private final CatchingUp reader = new CatchingUp();

    private boolean isBehind(int partition, long waited, long lag, long now) {
        return reader.lag(partition, waited, lag, now) == Lag.LONG;
    }

    @Test
    void theBrokersTimeSaysHowLongARecordHasWaited() {
        assertThat(reader.lag(0, 1_000, 0, START)).isEqualTo(Lag.NONE);
        assertThat(reader.lag(0, 1_001, 0, START)).isEqualTo(Lag.SHORT);
        assertThat(reader.lag(0, 10_000, 0, START)).isEqualTo(Lag.SHORT);
        assertThat(reader.lag(0, 10_001, 0, START + 1)).isEqualTo(Lag.LONG);
    }

    @Test
    void aFeedThatAlwaysComesLateIsNotBehind() {
        for (int now = 0; now < 5_000; now += 100) {
            boolean behind = isBehind(0, 50, 30_000 + now % 200, START + now);
            assertThat(behind).as("at %d ms", now).isEqualTo(now < 1_000);
        }
    }

    /** The past is sent anew: the broker gets it this moment, and trades of today are to come. */
    @Test
    void thePastIsBehindWhileItComesNearer() {
        for (int now = 0; now < 20_000; now += 100) {
            long lag = 60_000 - 3L * now;
            assertThat(isBehind(0, 0, lag, START + now))
                    .as("at %d ms", now)
                    .isEqualTo(lag > 10_000);
        }
    }

    /** Some trades that come late say nothing of the others. */
    @Test
    void aLateTradeAmongOthersIsForgottenWithTheNext() {
        for (int now = 0; now < 5_000; now += 100) {
            isBehind(0, 0, 7_200_000, START + now);
            assertThat(isBehind(0, 0, 40, START + now)).isFalse();
        }
    }

    @Test
    void aLateTradeAfterASilenceIsNoBacklog() {
        for (int now = 0; now < 900; now += 100) {
            assertThat(isBehind(0, 0, 7_200_000 - 5_000L * now, START + now)).isTrue();
        }
        assertThat(isBehind(0, 0, 5_000_000, START + 9_000)).isFalse();
    }

    @Test
    void partitionsDoNotMix() {
        for (int now = 0; now < 5_000; now += 100) {
            assertThat(isBehind(1, 0, 60_000 - 3L * now, START + now)).isTrue();
            isBehind(2, 0, 30_000, START + now);
        }
        assertThat(isBehind(2, 0, 30_000, START + 5_000)).isFalse();
    }
}
