package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LineTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Line line = new Line();

    @Test
    void withoutFaultsEverythingArrivesAtOnce() {
        long sent = line.sent(1 << 20, 7);

        assertThat(sent).isEqualTo(7);
        assertThat(line.arrives(sent)).isEqualTo(7);
    }

    @Test
    void aDelayHoldsUpNobodyWhoSends() {
        line.delay(Duration.ofSeconds(3));

        assertThat(line.sent(100, 7)).isEqualTo(7);
        assertThat(line.arrives(7)).isEqualTo(3 * SECOND + 7);
    }

    @Test
    void bytesWaitForThoseBeforeThem() {
        line.limit(1_000);

        assertThat(line.sent(500, 0)).isEqualTo(SECOND / 2);
        assertThat(line.sent(1_000, 0)).isEqualTo(SECOND * 3 / 2);
    }

    @Test
    void aLineAtRestSavesNothingUp() {
        line.limit(1_000);
        line.sent(500, 0);

        assertThat(line.sent(500, 10 * SECOND)).isEqualTo(10 * SECOND + SECOND / 2);
    }
}
