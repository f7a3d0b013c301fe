package io.kline.tools.replay;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What people have to know of a replay: jumps of the time, lines that are no trades, times that
 * were not shifted. Safe for several threads.
 */
final class ReplayReport {

    private static final int LISTED = 5;

    private final PrintWriter out;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> first = new ArrayList<>();
    private final boolean rebase;
    private long jumps;
    private long unshifted;
    private long firstUnshifted;

    /**
     * @param rebase whether all times were to be shifted
     */
    ReplayReport(PrintWriter out, boolean rebase) {
        this.out = out;
        this.rebase = rebase;
    }

    /** Takes a jump; the first ones are printed at once. */
    synchronized void jump(Timeline.Jump jump) {
        jumps++;
        if (jumps <= LISTED) {
            warn(
                    "line %,d: the time jumps from %s to %s, which is not waited for"
                            .formatted(
                                    jump.line(),
                                    Instant.ofEpochMilli(jump.from()),
                                    Instant.ofEpochMilli(jump.to())));
        }
    }

    /** Prints a warning. */
    void warn(String message) {
        out.println("warning: " + message);
        out.flush();
    }

    /** Takes a line that was not sent. */
    void skipped(SkippedLine line) {
        add(line.line(), line.reason(), line.detail() + "; not sent");
    }

    /** Takes a line that was sent, and that the job will dead-letter. */
    void refused(long line, String reason, String detail) {
        add(line, reason, detail + "; sent, for the dead letters");
    }

    /** Takes a trade that was sent, and whose time no trade of a recording can have. */
    synchronized void untimed(long line) {
        if (rebase) {
            firstUnshifted = unshifted == 0 ? line : firstUnshifted;
            unshifted++;
        }
    }

    private synchronized void add(long line, String reason, String detail) {
        counts.merge(FeedException.printable(reason), 1L, Long::sum);
        if (first.size() < LISTED) {
            first.add(
                    FeedException.printable(
                            String.format(
                                    Locale.ROOT, "  line %,d: %s: %s", line, reason, detail)));
        }
    }

    /** Whether every line was sent as a trade, at the time that it was to have. */
    synchronized boolean isClean() {
        return counts.isEmpty() && unshifted == 0;
    }

    /** Prints what there is to say at the end. */
    synchronized void print() {
        if (jumps > LISTED) {
            warn(String.format(Locale.ROOT, "%,d more jumps of the time", jumps - LISTED));
        }
        if (unshifted > 0) {
            warn(
                    String.format(
                            Locale.ROOT,
                            "--rebase has not shifted %,d times, from line %,d on: they are before"
                                    + " 1973 or in the future",
                            unshifted,
                            firstUnshifted));
        }
        if (counts.isEmpty()) {
            return;
        }
        long total = counts.values().stream().mapToLong(Long::longValue).sum();
        out.println(
                String.format(
                                Locale.ROOT,
                                total == 1 ? "%,d line is no trade: " : "%,d lines are no trades: ",
                                total)
                        + counts.entrySet().stream()
                                .map(
                                        one ->
                                                String.format(
                                                        Locale.ROOT,
                                                        "%,d %s",
                                                        one.getValue(),
                                                        one.getKey()))
                                .collect(Collectors.joining(", ")));
        first.forEach(out::println);
        if (total > first.size()) {
            out.println(String.format(Locale.ROOT, "  … and %,d more", total - first.size()));
        }
        out.flush();
    }
}
