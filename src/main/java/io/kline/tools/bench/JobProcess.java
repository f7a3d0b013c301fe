package io.kline.tools.bench;

import io.kline.tools.cluster.Rest;
import io.kline.tools.local.LocalMain;
import io.kline.tools.stack.Await;
import io.kline.tools.stack.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A job as it is run on the local stack, in a process of its own. */
final class JobProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final ChildProcess process;
    private final Rest rest;

    private JobProcess(ChildProcess process, Rest rest) {
        this.process = process;
        this.rest = rest;
    }

    /**
     * Starts one, and waits until it runs.
     *
     * @param job {@code live} or {@code history}
     * @param folder gets its checkpoints, and a log
     * @param settings of the job
     */
    static JobProcess start(String job, Path folder, List<String> settings) throws IOException {
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(LocalMain.class.getName(), job));
        command.addAll(settings);
        JobProcess process =
                new JobProcess(
                        ChildProcess.start(
                                folder.resolve("log"),
                                Map.of(
                                        "FLINK_UI_PORT",
                                        Integer.toString(port),
                                        "KLINE_STACK_DIR",
                                        folder.toString()),
                                line -> {},
                                command),
                        Rest.at(URI.create("http://localhost:" + port)));
        boolean decided =
                Await.holds(START_LIMIT, () -> !process.process.isAlive() || process.isRunning());
        if (!decided || !process.process.isAlive()) {
            process.close();
            throw new IllegalStateException("has not started" + process.process.logTail());
        }
        return process;
    }

    private boolean isRunning() {
        try {
            return rest.jobs().stream().anyMatch(job -> allTasksRun(job.id()));
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private boolean allTasksRun(String job) {
        var vertices = rest.get("/jobs/" + job).path("vertices");
        boolean all = !vertices.isEmpty();
        for (var vertex : vertices) {
            all &= vertex.path("status").asText().equals("RUNNING");
        }
        return all;
    }

    long pid() {
        return process.pid();
    }

    /** The job's REST interface. */
    Rest rest() {
        return rest;
    }

    @Override
    public void close() {
        process.close();
    }
}
