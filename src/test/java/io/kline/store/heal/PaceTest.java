package io.kline.store.heal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long now = 5;
    private long slept;

    @Test
    void soManyPassASecond() throws InterruptedException {
        Pace pace = pace();
        int passed = 0;
        for (int call = 0; call < 100; call++) {
            pace.await(20);
            assertThat(passed).isLessThanOrEqualTo((int) ((now - 5) * 1_000 / SECOND));
            passed += 20;
        }

        assertThat(slept).isEqualTo(99 * 20 * SECOND / 1_000);
    }

    @Test
    void unusedTimeIsNotSavedUp() throws InterruptedException {
        Pace pace = pace();
        pace.await(500);
        now += 10 * SECOND;

        pace.await(500);
        assertThat(slept).isZero();
        pace.await(500);
        assertThat(slept).isEqualTo(SECOND / 2);
    }

    private Pace pace() {
        return new Pace(
                1_000,
                () -> now,
                nanos -> {
                    slept += nanos;
                    now += nanos;
                });
    }
}
