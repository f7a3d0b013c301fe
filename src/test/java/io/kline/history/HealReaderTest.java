package io.kline.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.Test;

class HealReaderTest {

    /** A thread that is gone would leave the job running, and histories short for ever. */
    @Test
    void whatEndsTheThreadFailsTheTask() throws Exception {
        HealReader reader =
                new HealReader(
                        () -> {
                            throw new NoClassDefFoundError("a driver");
                        },
                        new HealMetrics(new UnregisteredMetricsGroup(), () -> 0),
                        Duration.ofHours(1));
        assertThat(reader.pollNext(null)).isEqualTo(InputStatus.NOTHING_AVAILABLE);
        assertThat(reader.isAvailable()).isNotDone();
        reader.start();
        reader.isAvailable().get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> reader.pollNext(null)).hasRootCauseMessage("a driver");
        reader.close();
    }
}
