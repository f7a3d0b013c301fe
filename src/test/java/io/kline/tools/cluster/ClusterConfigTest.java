package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterConfigTest {

    @ParameterizedTest
    @ValueSource(ints = {8081, 28100})
    void taskManagersLookForTheOneJobManagerWhereItIs(int uiPort) {
        ClusterConfig config =
                new ClusterConfig(Path.of(""), Path.of("/c"), uiPort, 1, 1, Map.of());

        assertThat(config.flink().get(JobManagerOptions.PORT)).isEqualTo(config.rpcPort(1));
    }

    /** One that could share a TaskManager with the live job would die with it. */
    @Test
    void amongThreeTaskManagersAStandbyFindsOneOfItsOwn() {
        assertThat(slots(2, Map.of())).isEqualTo(4);
        assertThat(slots(3, Map.of())).isEqualTo(2);
        assertThat(slots(3, Map.of("taskmanager.numberOfTaskSlots", "5"))).isEqualTo(5);
    }

    private static int slots(int taskManagers, Map<String, String> more) {
        return new ClusterConfig(Path.of(""), Path.of("/c"), 8081, 1, taskManagers, more)
                .flink()
                .get(TaskManagerOptions.NUM_TASK_SLOTS);
    }

    @Test
    void whatIsGivenWins() {
        ClusterConfig config =
                new ClusterConfig(
                        Path.of(""), Path.of("/c"), 8081, 1, 1, Map.of("jobmanager.rpc.port", "7"));

        assertThat(config.flink().get(JobManagerOptions.PORT)).isEqualTo(7);
    }
}
