package io.kline.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CatchingUpTest {

    private final CatchingUp reader = new CatchingUp();

    @Test
    void theBrokersTimeSaysHowLongARecordHasWaited() {
        assertThat(reader.isBehind(0, 10_000, true, 0)).isFalse();
        assertThat(reader.isBehind(0, 10_001, true, 1)).isTrue();
    }

    @Test
    void aFeedThatAlwaysComesLateIsNotBehind() {
        for (int now = 0; now < 5_000; now += 100) {
            boolean behind = reader.isBehind(0, 30_000 + now % 200, false, now);
            assertThat(behind).as("at %d ms", now).isEqualTo(now < 2_000);
        }
    }

    @Test
    void aProducersTimeCountsWhileTheWaitBecomesShorter() {
        for (int now = 0; now < 20_000; now += 100) {
            long wait = 60_000 - 3L * now;
            assertThat(reader.isBehind(0, wait, false, now))
                    .as("at %d ms", now)
                    .isEqualTo(wait > 10_000);
        }
    }

    @Test
    void partitionsDoNotMix() {
        for (int now = 0; now < 5_000; now += 100) {
            assertThat(reader.isBehind(1, 60_000 - 3L * now, false, now)).isTrue();
            reader.isBehind(2, 30_000, false, now);
        }
        assertThat(reader.isBehind(2, 30_000, false, 5_000)).isFalse();
    }
}
