package io.kline.tools.cluster;

import io.kline.tools.stack.Await;
import io.kline.tools.stack.ServerException;
import io.kline.tools.stack.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.StandaloneClusterId;
import org.apache.flink.client.program.rest.RestClusterClient;

/** The processes of a cluster, in the order in which they start. */
public final class Cluster {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final ClusterConfig config;
    private final List<ServerProcess> zooKeeper;
    private final List<ServerProcess> jobManagers;
    private final List<ServerProcess> taskManagers;

    /**
     * A cluster of the project in {@code root}.
     *
     * @param folder where it keeps what it writes; absolute
     * @param uiPort port of the first JobManager's REST interface
     * @param more settings of Flink that win over all others
     */
    public static Cluster in(
            Path root,
            Path folder,
            int uiPort,
            int jobManagers,
            int taskManagers,
            Map<String, String> more) {
        return new Cluster(
                new ClusterConfig(root, folder, uiPort, jobManagers, taskManagers, more),
                jobManagers,
                taskManagers);
    }

    private Cluster(ClusterConfig config, int jobManagers, int taskManagers) {
        this.config = config;
        this.zooKeeper = jobManagers > 1 ? List.of(new ZooKeeperProcess(config)) : List.of();
        this.jobManagers = numbered(jobManagers, n -> new JobManagerProcess(n, config));
        this.taskManagers = numbered(taskManagers, n -> new TaskManagerProcess(n, config));
    }

    private static List<ServerProcess> numbered(
            int count, java.util.function.IntFunction<ServerProcess> one) {
        return IntStream.rangeClosed(1, count).mapToObj(one).toList();
    }

    /** All processes. */
    public List<ServerProcess> processes() {
        return Stream.of(zooKeeper, jobManagers, taskManagers).flatMap(List::stream).toList();
    }

    /** The one of that name. */
    public ServerProcess process(String name) {
        return processes().stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Starts what does not run, and returns when all TaskManagers are registered.
     *
     * @throws ServerException if something cannot start. If that is a port that another program
     *     has, or one that the running cluster has not, nothing was started or written.
     */
    public void start() throws IOException {
        processes().forEach(ServerProcess::requireStartable);
        config.write();
        zooKeeper.forEach(ServerProcess::start);
        List<ServerProcess> rest = new ArrayList<>(jobManagers);
        rest.addAll(taskManagers);
        rest.parallelStream().forEach(ServerProcess::start);
        Await.until(
                taskManagers.size() + " TaskManagers are registered",
                START_LIMIT,
                () -> registered() >= taskManagers.size());
    }

    /** Stops everything, TaskManagers first. Checkpoints and savepoints are kept. */
    public void stop() {
        taskManagers.parallelStream().forEach(ServerProcess::stop);
        jobManagers.parallelStream().forEach(ServerProcess::stop);
        zooKeeper.forEach(ServerProcess::stop);
    }

    /** Ends everything at once. */
    public void kill() {
        processes().parallelStream().forEach(ServerProcess::kill);
    }

    /** The REST interface of a JobManager that answers. */
    public Optional<Rest> rest() {
        return config.restAddresses().stream()
                .map(address -> Rest.at(URI.create("http://" + address)))
                .filter(rest -> rest.answers("/overview"))
                .findFirst();
    }

    /** The JobManager that leads. */
    public ServerProcess leader() {
        try (RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(config.flink(), StandaloneClusterId.getInstance())) {
            int port = URI.create(client.getWebInterfaceURL()).getPort();
            return jobManagers.stream()
                    .filter(process -> process.port() == port)
                    .findFirst()
                    .orElseThrow();
        } catch (Exception e) {
            throw new IllegalStateException("no JobManager leads", e);
        }
    }

    /** Ends a job without a savepoint; its newest checkpoints are kept. */
    public void cancel(String job) throws Exception {
        try (RestClusterClient<StandaloneClusterId> client =
                new RestClusterClient<>(config.flink(), StandaloneClusterId.getInstance())) {
            client.cancel(JobID.fromHexString(job)).get(1, TimeUnit.MINUTES);
        }
    }

    /** The folder of its checkpoints. */
    public Path checkpoints() {
        return config.folder().resolve("checkpoints");
    }

    private int registered() {
        try {
            return rest().map(rest -> rest.get("/overview").path("taskmanagers").asInt()).orElse(0);
        } catch (UncheckedIOException notYet) {
            return 0;
        }
    }
}
