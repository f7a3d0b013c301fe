package io.kline.tools.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/**
 * A Flink cluster in this process, with its web UI, for several jobs. The jobs keep their state in
 * folders: a job that is submitted again goes on where its last checkpoint left off.
 */
public final class LocalCluster implements AutoCloseable {

    /** A running job. */
    public record Job(String name, JobID id, Path folder) {}

    private static final int SLOTS = 8;

    private final MiniCluster cluster;
    private final List<Job> jobs = new ArrayList<>();

    private volatile boolean closing;

    private LocalCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    /**
     * Starts a cluster that listens on the loopback interface.
     *
     * @param uiPort port of the web UI, 0 for any free one
     */
    public static LocalCluster start(int uiPort) throws Exception {
        return start(uiPort, new Configuration());
    }

    /**
     * The same with other settings of Flink.
     *
     * @param more settings that are not those of this cluster
     */
    public static LocalCluster start(int uiPort, Configuration more) throws Exception {
        Configuration config = new Configuration(more);
        config.set(RestOptions.ADDRESS, "localhost");
        config.set(RestOptions.BIND_ADDRESS, "127.0.0.1");
        config.set(RestOptions.BIND_PORT, Integer.toString(uiPort));
        config.set(WebOptions.SUBMIT_ENABLE, false);
        config.set(WebOptions.CANCEL_ENABLE, false);
        config.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(16));
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        return new LocalCluster(cluster);
    }

    /** Address of the web UI. */
    public URI address() throws Exception {
        return cluster.getRestAddress().get();
    }

    /**
     * Submits a job.
     *
     * @param folder where its checkpoints are, and where it finds the last one
     */
    public Job submit(
            String name, int parallelism, Path folder, Consumer<StreamExecutionEnvironment> define)
            throws Exception {
        Configuration config = new Configuration();
        config.setString("execution.checkpointing.storage", "filesystem");
        config.setString("execution.checkpointing.dir", "file://" + folder.toAbsolutePath());
        SavedState.latestIn(folder)
                .ifPresent(
                        state ->
                                config.set(
                                        StateRecoveryOptions.SAVEPOINT_PATH,
                                        "file://" + state.toAbsolutePath()));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(parallelism);
        define.accept(env);
        StreamGraph graph = env.getStreamGraph();
        graph.setJobName(name);
        cluster.submitJob(graph).get();
        Job job = new Job(name, graph.getJobID(), folder);
        jobs.add(job);
        return job;
    }

    /** Stops a job with a savepoint, from which it goes on when it is submitted again. */
    public void stop(Job job) throws Exception {
        jobs.remove(job);
        cluster.stopWithSavepoint(
                        job.id(),
                        "file://" + job.folder().toAbsolutePath(),
                        false,
                        SavepointFormatType.CANONICAL)
                .get(60, TimeUnit.SECONDS);
    }

    /**
     * Ends a job without a savepoint; it goes on from its last checkpoint when it is submitted
     * again.
     */
    public void cancel(Job job) throws Exception {
        jobs.remove(job);
        cluster.cancelJob(job.id()).get();
        cluster.requestJobResult(job.id()).get(60, TimeUnit.SECONDS);
    }

    /**
     * Ends what runs the tasks, as the crash of a machine would, and starts another. The jobs
     * restart by themselves, from their last checkpoints.
     */
    public void crash() throws Exception {
        cluster.terminateTaskManager(0).get(60, TimeUnit.SECONDS);
        cluster.startTaskManager();
    }

    /**
     * Waits until a job has ended, which the jobs of this project do only when they fail for good.
     */
    public void awaitEnd(Job job) throws Exception {
        cluster.requestJobResult(job.id()).get();
    }

    /** Whether the jobs are being stopped on purpose. */
    public boolean isClosing() {
        return closing;
    }

    /** Stops all jobs, with savepoints where that is possible, and the cluster. */
    @Override
    public void close() {
        closing = true;
        for (Job job : List.copyOf(jobs)) {
            try {
                stop(job);
            } catch (Exception e) {
                // Not running, or its store is away: the last checkpoint holds its state.
                cluster.cancelJob(job.id());
            }
        }
        cluster.closeAsync().join();
    }
}
