package io.kline.tools.cluster;

import static org.apache.flink.configuration.HeartbeatManagerOptions.HEARTBEAT_TIMEOUT;
import static org.apache.flink.configuration.HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT;

import io.kline.tools.stack.Ports;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/** A TaskManager. */
final class TaskManagerProcess extends FlinkProcess {

    private final int number;
    private final TaskExecutorProcessSpec spec;

    /**
     * @param number from 1
     */
    TaskManagerProcess(int number, ClusterConfig config) {
        super("taskmanager-" + number, config.taskManagerPort(number), config);
        this.number = number;
        Configuration flink = config.flink();
        this.spec = TaskExecutorProcessUtils.processSpecFromConfig(flink);
    }

    @Override
    List<String> memory() {
        return List.of(ProcessMemoryUtils.generateJvmParametersStr(spec).split(" "));
    }

    @Override
    List<String> javaOptions() {
        return config().javaOptions(CoreOptions.FLINK_TM_JVM_OPTIONS);
    }

    @Override
    List<String> main() {
        List<String> main = new ArrayList<>();
        main.add("org.apache.flink.runtime.taskexecutor.TaskManagerRunner");
        main.add("--configDir");
        main.add(config().confFolder().toString());
        for (String setting :
                TaskExecutorProcessUtils.generateDynamicConfigsStr(spec).trim().split(" +")) {
            if (!setting.equals("-D")) {
                main.add("-D" + setting);
            }
        }
        main.add("-D" + ZOOKEEPER_SESSION_TIMEOUT.key() + "=" + session().toMillis() + " ms");
        main.add("-Dtaskmanager.rpc.port=" + port());
        main.add("-Dtaskmanager.resource-id=" + name());
        main.add("-Dmetrics.reporter.prom.port=" + config().taskManagerMetricsPort(number));
        return main;
    }

    /**
     * Longer than a JobManager's, whose office ends with its session: a TaskManager holds none. It
     * gives ZooKeeper up after two thirds of it, and may pause as long as its heartbeat.
     */
    private Duration session() {
        Configuration flink = config().flink();
        Duration pause = flink.get(HEARTBEAT_TIMEOUT).multipliedBy(3).dividedBy(2);
        Duration configured = flink.get(ZOOKEEPER_SESSION_TIMEOUT);
        return configured.compareTo(pause) > 0 ? configured : pause;
    }

    @Override
    protected boolean answers() {
        return Ports.accepts(port());
    }
}
