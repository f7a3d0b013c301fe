package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A measured process: at its marks the CPU time of it and of others is taken. */
final class MarkedProcess {

    /** The name of the process itself. */
    static final String JOB = "job";

    private static final long LIMIT_SECONDS = 1_800;

    private final Map<String, Long> processes;
    private final Map<String, LongSupplier> counters = new LinkedHashMap<>();
    private final Map<String, Snapshot> marks = new ConcurrentHashMap<>();

    /**
     * @param others processes whose CPU time is taken, too: ids by name
     */
    MarkedProcess(Map<String, Long> others) {
        this.processes = new LinkedHashMap<>(others);
    }

    /** Reads a counter at each mark as well. */
    MarkedProcess counting(String name, LongSupplier counter) {
        counters.put(name, counter);
        return this;
    }

    /**
     * Runs it to its end.
     *
     * @param folder gets a log
     * @param command main class and arguments
     * @throws IllegalStateException if it fails, or does not print its marks
     */
    void run(Path folder, List<String> command) throws IOException, InterruptedException {
        try (ChildProcess child =
                ChildProcess.start(folder.resolve("log"), Map.of(), this::line, command)) {
            started(child.pid());
            child.awaitSuccess(LIMIT_SECONDS);
        }
        if (!marks.keySet().containsAll(List.of(Mark.WARM, Mark.DONE))) {
            throw new IllegalStateException("has not printed its marks: " + marks.keySet());
        }
    }

    private synchronized void started(long pid) {
        processes.put(JOB, pid);
        notifyAll();
    }

    private void line(String line) {
        Mark.of(line).ifPresent(mark -> marks.put(mark.point(), snapshot()));
    }

    /** What all processes have used up to now. */
    synchronized Snapshot snapshot() {
        // The first line may be here before the id of its process is known.
        while (!processes.containsKey(JOB)) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Snapshot.of(processes, counters);
    }

    /** What was used when the process was warm. */
    Snapshot warm() {
        return marks.get(Mark.WARM);
    }

    /** The same at its end. */
    Snapshot done() {
        return marks.get(Mark.DONE);
    }
}
