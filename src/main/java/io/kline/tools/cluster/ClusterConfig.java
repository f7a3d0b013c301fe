package io.kline.tools.cluster;

import io.kline.tools.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * What the processes of a cluster have in common: {@code flink-conf/config.yaml} with the
 * addresses, folders and sizes of one machine, and the UI's profiler and flame graphs.
 */
final class ClusterConfig {

    /** Distance between the ports of two processes of a kind. */
    private static final int APART = 10;

    private final Path root;
    private final Path folder;
    private final int uiPort;
    private final int jobManagers;
    private final int taskManagers;
    private final Configuration flink;

    /**
     * @param root of the project
     * @param folder where the cluster keeps what it writes; absolute
     * @param uiPort port of the first JobManager's REST interface; the other ports follow from it
     * @param jobManagers how many; more than one need ZooKeeper
     * @param taskManagers how many; with three or more each has slots for one job
     * @param more settings of Flink that win over all others
     */
    ClusterConfig(
            Path root,
            Path folder,
            int uiPort,
            int jobManagers,
            int taskManagers,
            Map<String, String> more) {
        this.root = root;
        this.folder = folder;
        this.uiPort = uiPort;
        this.jobManagers = jobManagers;
        this.taskManagers = taskManagers;
        this.flink = GlobalConfiguration.loadConfiguration(root.resolve("flink-conf").toString());
        flink.addAll(Configuration.fromMap(local()));
        flink.addAll(Configuration.fromMap(more));
    }

    private Map<String, String> local() {
        Map<String, String> local =
                new java.util.HashMap<>(
                        Map.of(
                                "jobmanager.rpc.address",
                                "localhost",
                                "jobmanager.bind-host",
                                Ports.LOOPBACK,
                                "taskmanager.bind-host",
                                Ports.LOOPBACK,
                                "taskmanager.host",
                                "localhost",
                                "rest.address",
                                "localhost",
                                "rest.bind-address",
                                Ports.LOOPBACK,
                                "rest.port",
                                Integer.toString(uiPort),
                                "execution.checkpointing.dir",
                                uri("checkpoints"),
                                "execution.checkpointing.savepoint-dir",
                                uri("savepoints"),
                                "io.tmp.dirs",
                                folder.resolve("tmp").toString()));
        // Where TaskManagers look for the only one; with ZooKeeper they ask there.
        local.put("jobmanager.rpc.port", Integer.toString(rpcPort(1)));
        local.put("jobmanager.memory.process.size", "768m");
        local.put("taskmanager.memory.process.size", "1400m");
        local.put("rest.flamegraph.enabled", "true");
        local.put("rest.profiling.enabled", "true");
        if (taskManagers > 2) {
            // Flink fills one TaskManager before the next. A standby has to be on another one than
            // the live job.
            String slots = Integer.toString(flink.get(CoreOptions.DEFAULT_PARALLELISM));
            local.put(TaskManagerOptions.NUM_TASK_SLOTS.key(), slots);
        }
        if (jobManagers > 1) {
            local.put("high-availability.type", "zookeeper");
            local.put("high-availability.zookeeper.quorum", Ports.LOOPBACK + ":" + zooKeeperPort());
            local.put("high-availability.storageDir", uri("ha"));
            local.put("high-availability.cluster-id", "/kline");
        } else {
            local.put("high-availability.type", "NONE");
        }
        return local;
    }

    private String uri(String name) {
        // Flink takes the path as it is: of a URI it would not decode a space.
        return "file://" + folder.resolve(name).toAbsolutePath();
    }

    /** Writes the file that the processes and the {@code flink} command read. */
    void write() throws IOException {
        Files.createDirectories(confFolder());
        Files.createDirectories(folder.resolve("tmp"));
        Files.write(
                confFolder().resolve("config.yaml"),
                ConfigurationUtils.convertConfigToWritableLines(flink, true));
        Files.copy(
                root.resolve("flink-conf/log4j.properties"),
                logging(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** The cluster as it is written down. */
    Configuration flink() {
        return flink;
    }

    Path folder() {
        return folder;
    }

    Path confFolder() {
        return folder.resolve("conf");
    }

    Path logging() {
        return confFolder().resolve("log4j.properties");
    }

    /** What Flink's own distribution has on its class path. */
    String classPath() {
        try {
            return Files.readString(root.resolve("target/flink.classpath")).trim();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Options that Flink's own scripts take from {@code env.java.opts.all} or one beside it. */
    List<String> javaOptions(ConfigOption<String> setting) {
        String options = flink.get(setting).trim();
        return options.isEmpty() ? List.of() : List.of(options.split("\\s+"));
    }

    /** Addresses of the REST interfaces, {@code host:port}. */
    List<String> restAddresses() {
        return IntStream.rangeClosed(1, jobManagers)
                .mapToObj(number -> Ports.LOOPBACK + ":" + restPort(number))
                .collect(Collectors.toList());
    }

    int restPort(int jobManager) {
        return uiPort + (jobManager - 1) * APART;
    }

    int rpcPort(int jobManager) {
        return restPort(jobManager) + 1;
    }

    int blobPort(int jobManager) {
        return restPort(jobManager) + 2;
    }

    /** Where a JobManager's metrics are, for Prometheus. */
    int jobManagerMetricsPort(int jobManager) {
        return restPort(jobManager) + 3;
    }

    int taskManagerPort(int taskManager) {
        return uiPort + 5 + (taskManager - 1) * APART;
    }

    /** Where a TaskManager's metrics are, for Prometheus. */
    int taskManagerMetricsPort(int taskManager) {
        return taskManagerPort(taskManager) + 1;
    }

    int zooKeeperPort() {
        return uiPort + 9;
    }
}
