package io.kline.demo.check;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints what a check came to: a line for each violation, then the summary. */
final class Report {

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    void print(Summary summary) {
        Findings findings = summary.findings();
        findings.first().forEach(violation -> out.println(violation.line()));
        long more = findings.total() - findings.first().size();
        if (more > 0) {
            out.printf(Locale.ROOT, "… and %,d more (--max-print)%n", more);
        }
        out.printf(
                Locale.ROOT,
                "%,d symbols × %d intervals; %,d candles in MySQL, %,d klines in Redis; %s%n",
                summary.symbols(),
                summary.intervals(),
                summary.rows(),
                summary.klines(),
                trades(summary));
        out.println(
                "violations: "
                        + Arrays.stream(Invariant.values())
                                .map(invariant -> count(invariant, summary))
                                .collect(Collectors.joining(", ")));
        out.println(summary.isClean() ? "all agree" : "NOT all agree");
    }

    private static String trades(Summary summary) {
        return summary.records() == null
                ? "no trades given"
                : String.format(
                        Locale.ROOT,
                        "%,d distinct trades of %,d records, %,d left out",
                        summary.trades(),
                        summary.records(),
                        summary.leftOut());
    }

    private static String count(Invariant invariant, Summary summary) {
        return invariant == Invariant.EXACT && summary.records() == null
                ? "I2 not checked"
                : invariant.code + " " + summary.findings().count(invariant);
    }
}
