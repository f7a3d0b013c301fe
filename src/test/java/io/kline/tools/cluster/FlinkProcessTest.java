package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkProcessTest {

    @TempDir Path folder;

    private ClusterConfig config;

    @BeforeEach
    void configure() {
        Map<String, String> settings =
                Map.of(
                        "env.java.opts.all", "-Xmx701m",
                        "env.java.opts.jobmanager", "-Xmx702m",
                        "env.java.opts.taskmanager", "-Xmx703m");
        config = new ClusterConfig(Path.of(""), folder, 8081, 1, 1, settings);
    }

    @Test
    void settingsForAllWinOverTheComputedMemoryAndThoseOfAKindOverBoth() throws Exception {
        assertThat(heaps(new JobManagerProcess(1, config)))
                .hasSize(3)
                .endsWith("-Xmx701m", "-Xmx702m");
        assertThat(heaps(new TaskManagerProcess(1, config)))
                .hasSize(3)
                .endsWith("-Xmx701m", "-Xmx703m");
        assertThat(heaps(new ZooKeeperProcess(config))).containsExactly("-Xmx128m", "-Xmx701m");
    }

    /** Two thirds of a session are what a pause may take. */
    @Test
    void aTaskManagerMayPauseAsLongAsItsHeartbeat() throws Exception {
        assertThat(new TaskManagerProcess(1, config).arguments())
                .contains("-Dhigh-availability.zookeeper.client.session-timeout=30000 ms");
        Map<String, String> longer =
                Map.of("high-availability.zookeeper.client.session-timeout", "60s");
        assertThat(
                        new TaskManagerProcess(
                                        1,
                                        new ClusterConfig(Path.of(""), folder, 8081, 1, 1, longer))
                                .arguments())
                .contains("-Dhigh-availability.zookeeper.client.session-timeout=60000 ms");
    }

    private static List<String> heaps(FlinkProcess process) throws Exception {
        return process.arguments().stream().filter(each -> each.startsWith("-Xmx")).toList();
    }
}
