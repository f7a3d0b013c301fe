package io.kline.tools.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import io.kline.tools.cluster.Cluster;
import io.kline.tools.cluster.Rest;
import io.kline.tools.stack.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * The jobs of a cluster, changed by the project's scripts and seen through Flink's REST interface.
 */
final class Jobs {

    /** What {@code stop.sh} prints in front of it. */
    private static final String SAVEPOINT = "savepoint: ";

    private final Path scripts;
    private final Map<String, String> environment;
    private final List<String> settings;
    private final Cluster cluster;

    /**
     * @param scripts their folder
     * @param environment with ports and folders
     * @param settings that every job is submitted with
     */
    Jobs(Path scripts, Map<String, String> environment, List<String> settings, Cluster cluster) {
        this.scripts = scripts;
        this.environment = environment;
        this.settings = settings;
        this.cluster = cluster;
    }

    /** The names of the TaskManagers that run a job. */
    List<String> taskManagersOf(Rest.Job job) {
        return List.copyOf(cluster.rest().orElseThrow().taskManagersOf(job.id()));
    }

    /** The running jobs of a name, the oldest first. */
    List<Rest.Job> named(String name) {
        try {
            return cluster.rest().stream()
                    .flatMap(rest -> rest.jobs().stream())
                    .filter(job -> job.name().equals(name) && job.isAlive())
                    .sorted(Comparator.comparingLong(Rest.Job::started))
                    .toList();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }

    Rest.Job live() {
        return named(LiveJob.NAME).get(0);
    }

    Rest.Job history() {
        return named(HistoryJob.NAME).get(0);
    }

    /** Stops the live job, and returns its savepoint. */
    String stopLive() throws IOException, InterruptedException {
        return stop("live");
    }

    /** Stops a job, and returns its savepoint. */
    String stop(String which) throws IOException, InterruptedException {
        String output = script("stop.sh", which);
        return output.substring(output.indexOf(SAVEPOINT) + SAVEPOINT.length()).strip();
    }

    /**
     * Ends a job without a savepoint, as {@code flink cancel} does, and returns when it has ended.
     */
    void cancel(Rest.Job job) throws Exception {
        cluster.cancel(job.id());
        Await.until(
                job.name() + " has ended",
                Duration.ofMinutes(1),
                () -> named(job.name()).stream().noneMatch(one -> one.id().equals(job.id())));
    }

    /** The sum of a metric over all subtasks of a job, of all operators that have it. */
    double metric(Rest.Job job, String name) {
        return cluster.rest().orElseThrow().sum(job.id(), name);
    }

    /** Flink's answer about a job, such as to {@code /checkpoints}. */
    JsonNode about(Rest.Job job, String path) {
        return cluster.rest().orElseThrow().get("/jobs/" + job.id() + path);
    }

    /** A metric of all TaskManagers together. */
    double ofTaskManagers(String metric) {
        return cluster.rest().orElseThrow().sumOfTaskManagers(metric);
    }

    /** Runs {@code scripts/submit.sh}. */
    void submit(String... args) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(settings);
        script("submit.sh", all.toArray(String[]::new));
    }

    /** Runs a script of the project, and returns what it printed. */
    String script(String name, String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(scripts.resolve(name).toString());
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("KLINE_BUILT", "yes");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            String reason = output.strip().lines().reduce("", (first, second) -> second);
            throw new IOException(name + " " + String.join(" ", args) + ": " + reason);
        }
        return output;
    }
}
