package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The smallest size of {@code scripts/chaos.sh}: a cluster of separate processes, submitted jobs,
 * and the two faults that every cluster meets. Pauses are printed and not asserted: how long they
 * are depends on what else the machine does.
 */
class ChaosITCase {

    @Test
    void killedProcessesLeaveTheCandlesRight() {
        // Of a JobManager and a TaskManager at once: the build has no time for each alone.
        assertThat(ChaosMain.run("kill-both", "--any-pause")).isZero();
    }
}
