package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Reads a preloaded topic to its end by a process of its own, and takes the CPU time of that
 * process and of others at its marks.
 */
final class Drain {

    /** The measured process among those whose CPU time is taken. */
    static final String JOB = "job";

    static final String RATE = "trades/s";

    private static final long LIMIT_SECONDS = 1_800;

    private final Preloaded input;
    private final Map<String, Long> processes;
    private final Map<String, LongSupplier> counters = new LinkedHashMap<>();
    private final Map<String, Snapshot> marks = new ConcurrentHashMap<>();

    /**
     * @param others processes whose CPU time is taken, too: ids by name
     */
    Drain(Preloaded input, Map<String, Long> others) {
        this.input = input;
        this.processes = new LinkedHashMap<>(others);
    }

    /** Reads a counter at each mark as well. */
    Drain counting(String name, LongSupplier counter) {
        counters.put(name, counter);
        return this;
    }

    /**
     * Runs a program to its end.
     *
     * @param mainClass {@link MeasuredMain}, or a program with the same command line
     * @param job what it is to do
     * @param folder gets the candles, and a log
     * @param more arguments
     */
    void run(String mainClass, String job, Path folder, List<String> more)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                mainClass,
                                job,
                                "--bootstrap",
                                input.bootstrap(),
                                "--topic",
                                input.topic(),
                                "--records",
                                Long.toString(input.records()),
                                "--warmup",
                                Long.toString(input.warmUp()),
                                "--out",
                                candles(folder).toString()));
        command.addAll(more);
        try (ChildProcess child =
                ChildProcess.start(folder.resolve("log"), Map.of(), this::line, command)) {
            started(child.pid());
            child.awaitSuccess(LIMIT_SECONDS);
        }
        if (!marks.keySet().containsAll(List.of(Mark.WARM, Mark.DONE))) {
            throw new IllegalStateException(job + " has not printed its marks: " + marks.keySet());
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

    /** The file of the candles that a run has written. */
    static Path candles(Path folder) {
        return folder.resolve("candles.csv");
    }

    /** What was used when the process was warm. */
    Snapshot warm() {
        return marks.get(Mark.WARM);
    }

    /** The same at its end. */
    Snapshot done() {
        return marks.get(Mark.DONE);
    }

    /** Trades a second, and the CPU time of each process for a million of them. */
    List<Reading> readings() {
        double millions = (input.records() - input.warmUp()) / 1e6;
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(RATE, "1/s", millions * 1e6 / done().secondsSince(warm())));
        for (String name : processes.keySet()) {
            readings.add(new Reading(cpuOf(name), "s", done().cpuSince(warm(), name) / millions));
        }
        return readings;
    }

    /** The name of the reading of a process. */
    static String cpuOf(String process) {
        return "CPU of " + process + " per million trades";
    }
}
