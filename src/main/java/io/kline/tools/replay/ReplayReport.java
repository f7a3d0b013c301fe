package io.kline.tools.replay;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What people have to know of a replay: jumps of the time, and lines that are no trades. */
final class ReplayReport {

    private static final int LISTED = 5;

    private final PrintWriter out;
    private final Map<String, Long> counts = new TreeMap<>();
    private final List<String> first = new ArrayList<>();
    private long jumps;

    ReplayReport(PrintWriter out) {
        this.out = out;
    }

    /** Takes a jump; the first ones are printed at once. */
    void jump(Timeline.Jump jump) {
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

    private void add(long line, String reason, String detail) {
        counts.merge(FeedException.printable(reason), 1L, Long::sum);
        if (first.size() < LISTED) {
            first.add(
                    FeedException.printable(
                            String.format(
                                    Locale.ROOT, "  line %,d: %s: %s", line, reason, detail)));
        }
    }

    /** Whether every line was sent as a trade. */
    boolean isClean() {
        return counts.isEmpty();
    }

    /** Prints what there is to say at the end. */
    void print() {
        if (jumps > LISTED) {
            warn(String.format(Locale.ROOT, "%,d more jumps of the time", jumps - LISTED));
        }
        if (isClean()) {
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
