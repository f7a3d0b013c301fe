package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a preloaded topic to its end by a process of its own, and takes the CPU time of that
 * process and of servers between the marks.
 */
final class Drain {

    /** The measured process among those whose CPU time is taken. */
    static final String JOB = "job";

    static final String RATE = "trades/s";

    private static final long LIMIT_SECONDS = 1_800;

    private final String mainClass;
    private final String job;
    private final Preloaded input;
    private final Map<String, Long> servers;
    private final List<String> more;
    private final Map<String, CpuSnapshot> marks = new ConcurrentHashMap<>();
    private final Map<String, Long> processes = new LinkedHashMap<>();

    /**
     * @param mainClass {@link MeasuredMain}, or a program with the same command line
     * @param job what it is to do
     * @param servers process ids by name
     * @param more arguments
     */
    Drain(
            Class<?> mainClass,
            String job,
            Preloaded input,
            Map<String, Long> servers,
            List<String> more) {
        this(mainClass.getName(), job, input, servers, more);
    }

    Drain(
            String mainClass,
            String job,
            Preloaded input,
            Map<String, Long> servers,
            List<String> more) {
        this.mainClass = mainClass;
        this.job = job;
        this.input = input;
        this.servers = servers;
        this.more = more;
    }

    /**
     * Runs it to its end.
     *
     * @param folder gets the candles as {@code candles.csv}, and a log
     */
    void run(Path folder) throws IOException, InterruptedException {
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
        processes.putAll(servers);
        try (ChildProcess child =
                ChildProcess.start(folder.resolve("log"), Map.of(), this::line, command)) {
            synchronized (this) {
                processes.put(JOB, child.pid());
                notifyAll();
            }
            child.awaitSuccess(LIMIT_SECONDS);
        }
        if (!marks.keySet().containsAll(List.of(Mark.WARM, Mark.DONE))) {
            throw new IllegalStateException(job + " has not printed its marks");
        }
    }

    private synchronized void line(String line) {
        Mark.of(line).ifPresent(mark -> marks.put(mark.point(), CpuSnapshot.of(processes())));
    }

    /** The child's own id is known only after its start. */
    private Map<String, Long> processes() {
        while (!processes.containsKey(JOB)) {
            try {
                wait();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        return processes;
    }

    static Path candles(Path folder) {
        return folder.resolve("candles.csv");
    }

    /** What the servers and the process had used when it was warm. */
    CpuSnapshot warm() {
        return marks.get(Mark.WARM);
    }

    /** The same at its end. */
    CpuSnapshot done() {
        return marks.get(Mark.DONE);
    }

    /** Millions of trades between the marks. */
    double millions() {
        return (input.records() - input.warmUp()) / 1e6;
    }

    /** Trades a second, and the CPU time of each process for a million of them. */
    List<Reading> readings() {
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(RATE, "1/s", millions() * 1e6 / done().secondsSince(warm())));
        for (String name : processes.keySet()) {
            readings.add(new Reading(cpuOf(name), "s", done().since(warm(), name) / millions()));
        }
        return readings;
    }

    /** The name of the reading of a process. */
    static String cpuOf(String process) {
        return "CPU of " + process + " per million trades";
    }
}
