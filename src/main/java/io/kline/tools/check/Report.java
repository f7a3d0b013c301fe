package io.kline.tools.check;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what a check came to: a line for each violation, then the summary. */
final class Report {

    /** Symbols of which is printed what was set aside, unless all are asked for. */
    private static final int WORST = 5;

    private final PrintStream out;
    private final boolean allCounts;
    private final int most;

    /**
     * @param allCounts whether to print of every symbol what was set aside
     * @param most how many gaps are printed
     */
    Report(PrintStream out, boolean allCounts, int most) {
        this.out = out;
        this.allCounts = allCounts;
        this.most = most;
    }

    void print(Summary summary) {
        Violations violations = summary.violations();
        violations.first().forEach(violation -> out.println(violation.line()));
        long more = violations.total() - violations.first().size();
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
        if (summary.records() != null) {
            printSetAside(summary.setAside());
        }
        if (!summary.gaps().isEmpty()) {
            printGaps(summary.gaps());
        }
        out.println(
                "violations: "
                        + Arrays.stream(Invariant.values())
                                .map(invariant -> count(invariant, summary))
                                .collect(Collectors.joining(", ")));
        out.println(summary.isClean() ? "all agree" : "NOT all agree");
    }

    private void printGaps(List<MissingExecutions> bySymbol) {
        bySymbol.stream()
                .flatMap(one -> one.first().stream().map(one::line))
                .limit(most)
                .forEach(out::println);
        long gaps = bySymbol.stream().mapToLong(MissingExecutions::gaps).sum();
        if (gaps > most) {
            out.printf(Locale.ROOT, "… and %,d more (--max-print)%n", gaps - most);
        }
        out.printf(
                Locale.ROOT,
                "%,d executions missing in %,d gaps; %,d of %,d candles with trades are incomplete%n",
                bySymbol.stream().mapToLong(MissingExecutions::missing).sum(),
                gaps,
                bySymbol.stream().mapToLong(MissingExecutions::incomplete).sum(),
                bySymbol.stream().mapToLong(MissingExecutions::candles).sum());
    }

    private void printSetAside(Map<String, Tally> bySymbol) {
        Tally total = new Tally();
        bySymbol.values().forEach(total::addAll);
        out.println("set aside: " + total.text());
        List<Map.Entry<String, Tally>> worst =
                bySymbol.entrySet().stream()
                        .filter(one -> one.getValue().total() > 0)
                        .sorted(
                                Comparator.comparingLong(
                                                (Map.Entry<String, Tally> one) ->
                                                        -one.getValue().total())
                                        .thenComparing(Map.Entry.comparingByKey()))
                        .toList();
        int printed = allCounts ? worst.size() : Math.min(WORST, worst.size());
        for (Map.Entry<String, Tally> one : worst.subList(0, printed)) {
            String symbol = one.getKey().isEmpty() ? "(no symbol)" : one.getKey();
            out.println("  " + symbol + ": " + one.getValue().text());
        }
        if (printed < worst.size()) {
            out.printf(
                    Locale.ROOT, "  … and %,d more symbols (--counts)%n", worst.size() - printed);
        }
    }

    private static String trades(Summary summary) {
        return summary.records() == null
                ? "no trades given"
                : String.format(
                        Locale.ROOT,
                        "%,d distinct trades of %,d records",
                        summary.trades(),
                        summary.records());
    }

    private static String count(Invariant invariant, Summary summary) {
        return invariant == Invariant.EXACT && summary.records() == null
                ? "I2 not checked"
                : invariant.code + " " + summary.violations().count(invariant);
    }
}
