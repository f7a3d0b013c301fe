package io.kline.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));

    @Test
    void delaysDoubleUpToTheLast() {
        assertThat(LongStream.generate(backoff::nextMillis).limit(7))
                .containsExactly(100L, 200L, 400L, 800L, 1_600L, 2_000L, 2_000L);
    }

    @Test
    void beginsAgainWithTheShortest() {
        backoff.nextMillis();
        backoff.nextMillis();
        backoff.reset();

        assertThat(backoff.nextMillis()).isEqualTo(100);
    }
}
