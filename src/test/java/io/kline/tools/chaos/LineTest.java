package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
    void aLossIsAStallThatDoublesWithEachFurtherOne() {
        line.lose(0.3, 0, 7);

        List<Long> stalls =
                LongStream.range(0, 1_000).map(i -> line.arrives(i) - i).boxed().toList();

        assertThat(stalls.stream().filter(stall -> stall > 0).count()).isBetween(200L, 400L);
        assertThat(new TreeSet<>(stalls))
                .startsWith(0L, SECOND / 5, SECOND * 3 / 5, SECOND * 7 / 5);
    }

    @Test
    void theSameSeedLosesTheSame() {
        line.lose(0.3, 10, 7);
        List<Long> once = LongStream.range(0, 1_000).map(line::arrives).boxed().toList();
        line.lose(0.3, 10, 7);

        assertThat(LongStream.range(0, 1_000).map(line::arrives).boxed()).isEqualTo(once);
        assertThat(once.stream().filter(time -> time == Line.NEVER).count()).isBetween(10L, 100L);
    }

    @Test
    void aLineAtRestSavesNothingUp() {
        line.limit(1_000);
        line.sent(500, 0);

        assertThat(line.sent(500, 10 * SECOND)).isEqualTo(10 * SECOND + SECOND / 2);
    }
}
