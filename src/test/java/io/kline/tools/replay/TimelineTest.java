package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.tools.replay.Timeline.Jump;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final long FIRST = 1_596_240_000_519L;
    private static final long OTHER = 1_598_838_277_312L;
    private static final long HOUR = 3_600_000;

    private final List<Jump> jumps = new ArrayList<>();
    private final Timeline recorded = new Timeline(() -> Lines.NOW, false, jumps::add);
    private final Timeline rebased = new Timeline(() -> Lines.NOW, true, jumps::add);

    @Test
    void positionsFollowTheHighestTimeSoFar() {
        assertThat(recorded.take(1, FIRST)).isZero();
        assertThat(recorded.take(2, FIRST + 500)).isEqualTo(500);
        assertThat(recorded.take(3, FIRST - 500)).isEqualTo(500);
        assertThat(recorded.take(4, FIRST + 501)).isEqualTo(501);
        assertThat(jumps).isEmpty();
    }

    @Test
    void anHourIsWaitedForMoreIsNot() {
        recorded.take(1, FIRST);
        assertThat(recorded.take(2, FIRST + HOUR)).isEqualTo(HOUR);
        assertThat(recorded.take(3, FIRST + 2 * HOUR + 1)).isEqualTo(HOUR);
        assertThat(recorded.take(4, FIRST + 2 * HOUR + 3)).isEqualTo(HOUR + 2);
        assertThat(jumps).containsExactly(new Jump(3, FIRST + HOUR, FIRST + 2 * HOUR + 1));
    }

    @Test
    void alternatingDatesGoOnEachFromWhereItWas() {
        List<Long> positions = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            positions.add(rebased.take(2 * i, FIRST + i * 10));
            times.add(rebased.shifted(FIRST + i * 10));
            positions.add(rebased.take(2 * i + 1, OTHER + i * 20));
            times.add(rebased.shifted(OTHER + i * 20));
        }

        assertThat(positions).containsExactly(0L, 0L, 10L, 20L, 20L, 40L, 30L, 60L);
        assertThat(times.stream().map(time -> time - Lines.NOW)).isEqualTo(positions);
        assertThat(jumps).containsExactly(new Jump(1, FIRST, OTHER));
    }

    @Test
    void manyDatesMayAlternate() {
        int dates = Timeline.MOST_SIDES;
        for (int i = 0; i < 10; i++) {
            for (int date = 0; date < dates; date++) {
                long time = FIRST + date * 2 * HOUR + i * 100;
                assertThat(rebased.take(1, time)).isEqualTo(i * 100);
                assertThat(rebased.shifted(time)).isEqualTo(Lines.NOW + i * 100);
            }
        }
        assertThat(jumps).hasSize(dates - 1);
    }

    @Test
    void oneStrayRowDisplacesNoOther() {
        rebased.take(1, OTHER);
        rebased.take(2, FIRST);
        assertThat(rebased.shifted(FIRST)).isEqualTo(Lines.NOW);
        assertThat(rebased.take(3, OTHER + 7)).isEqualTo(7);
        assertThat(rebased.shifted(OTHER + 7)).isEqualTo(Lines.NOW + 7);
    }

    @Test
    void symbolsOneAfterTheOtherFollowEachOther() {
        for (int symbol = 0; symbol < 2; symbol++) {
            for (int i = 0; i <= 10; i++) {
                assertThat(recorded.take(1, FIRST + i * HOUR)).isEqualTo((symbol * 10 + i) * HOUR);
            }
        }
        assertThat(jumps).containsExactly(new Jump(1, FIRST + 10 * HOUR, FIRST));
    }

    @Test
    void brokenTimesAreNoJumps() {
        rebased.take(1, OTHER);
        for (long broken : new long[] {-1, 0, 5, OTHER / 1000, Lines.NOW + 1, Long.MAX_VALUE}) {
            assertThat(rebased.take(2, broken)).isEqualTo(Timeline.UNKNOWN);
        }
        assertThat(rebased.take(3, OTHER + 1)).isEqualTo(1);
        assertThat(jumps).isEmpty();
    }

    @Test
    void timesAnywhereTakeNoEndlessMemoryAndNoWait() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(recorded.take(i, FIRST + i % 1_000 * 2 * HOUR)).isZero();
        }
    }

    @Test
    void theFirstJumpsAreReportedAtOnceTheOthersCounted() {
        StringWriter out = new StringWriter();
        ReplayReport report = new ReplayReport(new PrintWriter(out), false);
        for (int i = 2; i < 10; i++) {
            report.jump(new Jump(i, FIRST, OTHER));
        }
        assertThat(out.toString().lines())
                .hasSize(5)
                .first()
                .isEqualTo(
                        "warning: line 2: the time jumps from 2020-08-01T00:00:00.519Z to"
                                + " 2020-08-31T01:44:37.312Z, which is not waited for");
        report.print();
        assertThat(out.toString()).endsWith("warning: 3 more jumps of the time\n");
        assertThat(report.isClean()).isTrue();
    }
}
