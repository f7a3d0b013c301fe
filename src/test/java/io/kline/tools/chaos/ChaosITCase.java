package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.ShortLived;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The smallest size of {@code scripts/chaos.sh}: a cluster of separate processes, submitted jobs,
 * and the two faults that every cluster meets. Pauses are printed and not asserted: how long they
 * are depends on what else the machine does.
 */
class ChaosITCase {

    private static final Path ROOT = Path.of("").toAbsolutePath();

    private static final int PORT = 17_000;

    @Test
    void killedProcessesLeaveTheCandlesRight() throws Exception {
        Run run = new Run(ROOT, PORT, 1, ShortLived.SETTINGS, false, System.out);
        // Of a JobManager and a TaskManager at once: the build has no time for each alone.
        assertThat(run.play(Scenarios.of("kill-both"), Duration.ZERO, List.of())).isTrue();
    }
}
