package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Reads a preloaded topic to its end by a process of its own: trades a second and CPU time, of that
 * process and of others, once it is warm.
 */
final class Drain {

    static final String RATE = "trades/s";

    private final Preloaded input;
    private final MarkedProcess process;

    /**
     * @param others processes whose CPU time is taken, too: ids by name
     */
    Drain(Preloaded input, Map<String, Long> others) {
        this.input = input;
        this.process = new MarkedProcess(others);
    }

    /** Reads a counter at each mark as well. */
    Drain counting(String name, LongSupplier counter) {
        process.counting(name, counter);
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
        process.run(folder, command);
    }

    /** The file of the candles that a run has written. */
    static Path candles(Path folder) {
        return folder.resolve("candles.csv");
    }

    /** The process, with what was used at its marks. */
    MarkedProcess process() {
        return process;
    }

    /** Trades a second, and the CPU time of each process for a million of them. */
    List<Reading> readings() {
        Snapshot warm = process.warm();
        Snapshot done = process.done();
        double millions = (input.records() - input.warmUp()) / 1e6;
        List<Reading> readings = new ArrayList<>();
        readings.add(new Reading(RATE, "1/s", millions * 1e6 / done.secondsSince(warm)));
        for (String name : done.cpuSeconds().keySet()) {
            readings.add(new Reading(cpuOf(name), "s", done.cpuSince(warm, name) / millions));
        }
        return readings;
    }

    /** The name of the reading of a process. */
    static String cpuOf(String process) {
        return "CPU of " + process + " per million trades";
    }
}
