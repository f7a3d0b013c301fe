package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** A measured process: at its marks the CPU time of it and of others is taken. */
final class MarkedProcess {

    /** The name of the process itself. */
    static final String JOB = "job";

    /** What of it the compiler has used: it is no longer there when a job has run for a while. */
    private static final String COMPILER = JOB + "'s compiler";

    private static final String COLLECTOR = JOB + "'s collector";
    private static final List<String> COMPILER_THREADS = List.of("C1 Compiler", "C2 Compiler");
    private static final List<String> COLLECTOR_THREADS = List.of("G1 ", "GC Thread");

    private static final long LIMIT_SECONDS = 1_800;

    private final Map<String, DoubleSupplier> clocks = new LinkedHashMap<>();
    private final Map<String, LongSupplier> counters = new LinkedHashMap<>();
    private final Map<String, Snapshot> marks = new ConcurrentHashMap<>();

    /**
     * @param others processes whose CPU time is taken, too: ids by name
     */
    MarkedProcess(Map<String, Long> others) {
        others.forEach((name, pid) -> clocks.put(name, () -> ProcessCpu.of(pid)));
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
        clocks.put(JOB, () -> ProcessCpu.of(pid));
        clocks.put(COMPILER, () -> ProcessCpu.ofThreads(pid, COMPILER_THREADS));
        clocks.put(COLLECTOR, () -> ProcessCpu.ofThreads(pid, COLLECTOR_THREADS));
        notifyAll();
    }

    private void line(String line) {
        Mark.of(line).ifPresent(mark -> marks.put(mark.point(), snapshot()));
    }

    /** What all processes have used up to now. */
    synchronized Snapshot snapshot() {
        // The first line may be here before the id of its process is known.
        while (!clocks.containsKey(JOB)) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return Snapshot.of(clocks, counters);
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
