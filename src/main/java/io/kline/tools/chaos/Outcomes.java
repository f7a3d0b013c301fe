package io.kline.tools.chaos;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * The table of a run: a file that grows by a row with each scenario. Used by the threads of all
 * worlds.
 */
final class Outcomes {

    private final Path file;
    private final PrintStream out;
    private final boolean judgesPauses;
    private int failed;
    private int played;
    private int skipped;

    /**
     * @param file the table
     * @param judgesPauses whether too long a pause is a failure
     */
    Outcomes(Path file, PrintStream out, boolean judgesPauses) {
        this.file = file;
        this.out = out;
        this.judgesPauses = judgesPauses;
    }

    boolean judgesPauses() {
        return judgesPauses;
    }

    /** Folder of the logs of what failed. */
    Path failures() {
        return file.resolveSibling("failed");
    }

    /**
     * How a scenario ended.
     *
     * @param problem what failed besides the stores, or null
     * @param pause the longest one without fresh candles
     * @param slowest that of a symbol which is nearest to its limit
     * @param judged whether the limits of both count
     * @param notes figures of the scenario
     */
    record Outcome(
            Scenario scenario,
            String problem,
            boolean agrees,
            int wentBack,
            long messages,
            Duration pause,
            Pauses.Wait slowest,
            boolean judged,
            Duration took,
            List<String> notes) {

        /** The same, when the stores were compared. */
        Outcome ended(boolean storesAgree, Duration time) {
            return new Outcome(
                    scenario,
                    problem,
                    storesAgree,
                    wentBack,
                    messages,
                    pause,
                    slowest,
                    judged,
                    time,
                    notes);
        }

        boolean isGood() {
            return problem == null && agrees && wentBack == 0 && isFresh();
        }

        private boolean isFresh() {
            return !judged || pause.compareTo(scenario.pause()) <= 0 && !slowest.isTooLong();
        }
    }

    /** Begins a new table. */
    void begin(long seed) throws IOException {
        Files.createDirectories(file.getParent());
        long memory =
                ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getTotalMemorySize();
        Files.writeString(
                file,
                String.format(
                        Locale.ROOT,
                        "Seed %d, %s, %d cores, %d GB, JDK %s, %s %s%n%n"
                                + "| scenario | verdict | stores | went back | pause, s | allowed, s"
                                + " | a symbol, s | allowed, s | took, s | notes |%n"
                                + "|---|---|---|---|---|---|---|---|---|---|%n",
                        seed,
                        LocalDate.now(),
                        Runtime.getRuntime().availableProcessors(),
                        memory >> 30,
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version")));
    }

    synchronized void add(Outcome outcome) throws IOException {
        played++;
        failed += outcome.isGood() ? 0 : 1;
        String stores = outcome.agrees() ? "agree" : "DIFFER";
        double pause = outcome.pause().toMillis() / 1000.0;
        double wait = outcome.slowest().time().toMillis() / 1000.0;
        out.printf(
                Locale.ROOT,
                "%-24s %-6s stores %s, versions that went back %d of %,d, longest pause %.1f s%s"
                        + " (allowed %d s), of %s %.1f s%s (allowed %d s), took %d s%s%n",
                outcome.scenario().name(),
                outcome.isGood() ? "ok" : "FAILED",
                stores,
                outcome.wentBack(),
                outcome.messages(),
                pause,
                pause > outcome.scenario().pause().toSeconds() ? " TOO LONG" : "",
                outcome.scenario().pause().toSeconds(),
                outcome.slowest().symbol(),
                wait,
                outcome.slowest().isTooLong() ? " TOO LONG" : "",
                outcome.slowest().allowed().toSeconds(),
                outcome.took().toSeconds(),
                outcome.problem() == null ? "" : "; " + outcome.problem());
        outcome.notes().forEach(note -> out.println("    " + note));
        append(
                String.format(
                        Locale.ROOT,
                        "| `%s` | %s | %s | %d | %.1f | %d | %s %.1f | %d | %d | %s |%n",
                        outcome.scenario().name(),
                        outcome.isGood() ? "ok" : "FAILED",
                        stores,
                        outcome.wentBack(),
                        pause,
                        outcome.scenario().pause().toSeconds(),
                        outcome.slowest().symbol(),
                        wait,
                        outcome.slowest().allowed().toSeconds(),
                        outcome.took().toSeconds(),
                        String.join("; ", outcome.notes())));
    }

    /** A scenario that this machine cannot play. */
    synchronized void skip(Scenario scenario, String reason) throws IOException {
        skipped++;
        out.printf("%-24s skipped: %s%n", scenario.name(), reason);
        append("| `%s` | skipped | | | | | | | | %s |%n".formatted(scenario.name(), reason));
    }

    /** A scenario that could not begin or end, for its world was not there. */
    synchronized void fail(String name, String problem) throws IOException {
        played++;
        failed++;
        out.printf("%-24s FAILED %s%n", name, problem);
        append("| `%s` | FAILED | | | | | | | | %s |%n".formatted(name, problem));
    }

    private void append(String row) throws IOException {
        Files.writeString(file, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    synchronized int failed() {
        return failed;
    }

    synchronized int skipped() {
        return skipped;
    }

    synchronized int played() {
        return played;
    }
}
