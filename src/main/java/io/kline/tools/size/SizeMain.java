package io.kline.tools.size;

import io.kline.model.Interval;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command behind {@code scripts/size.sh}. */
@Command(
        name = "size.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description = "Computes what an installation needs, from unit costs that were measured.",
        footer = {
            "",
            "Bytes, and cores as one machine had them: another one's processors differ. The costs"
                    + " and how they were measured are in docs/benchmarks.md. --measure measures"
                    + " those in bytes again.",
            "",
            "Examples:",
            "  scripts/size.sh --symbols 2000 --intervals 15 --trades-per-second 100000",
            "  scripts/size.sh --symbols 500 --intervals 1m,5m,1h,1d --trades-per-second 2000",
            "  scripts/size.sh --measure"
        })
final class SizeMain implements Callable<Integer> {

    private static final List<String> ALL =
            List.of(
                    "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d", "3d",
                    "1w", "1M");

    /** Either a question or a measurement. */
    static final class Task {
        @ArgGroup(exclusive = false)
        private Question question;

        @Option(
                names = "--measure",
                required = true,
                description = "measure the unit costs, on servers of its own")
        private boolean measure;
    }

    /** What is to be sized. */
    static final class Question {
        @Option(names = "--symbols", required = true, paramLabel = "n", description = "all of them")
        private int symbols;

        @Option(
                names = "--trades-per-second",
                required = true,
                paramLabel = "n",
                description = "of all symbols, at the peak")
        private double tradesPerSecond;

        @Option(
                names = "--intervals",
                paramLabel = "n|list",
                description = "codes, or the first n of the default ones; default all 15")
        private String intervals;

        @Option(
                names = "--active",
                paramLabel = "n",
                description = "symbols that trade at the peak; default all of them")
        private Integer active;

        @Option(
                names = "--days",
                defaultValue = "7",
                paramLabel = "n",
                description = "for how long Kafka keeps its topics; default ${DEFAULT-VALUE}")
        private double days;

        @Option(
                names = "--years",
                defaultValue = "1",
                paramLabel = "n",
                description = "of history; default ${DEFAULT-VALUE}")
        private double years;

        @Option(
                names = "--replicas",
                defaultValue = "3",
                paramLabel = "n",
                description = "of Kafka's partitions; default ${DEFAULT-VALUE}")
        private int replicas;

        @Option(
                names = "--history",
                defaultValue = "1500",
                paramLabel = "n",
                description = "redis.history.size; default ${DEFAULT-VALUE}")
        private int history;

        @Option(
                names = "--merge-interval",
                defaultValue = "333",
                paramLabel = "ms",
                description = "kline.merge-interval; default ${DEFAULT-VALUE}")
        private long mergeMillis;

        @Option(
                names = "--allowed-lateness",
                defaultValue = "10",
                paramLabel = "min",
                description = "kline.allowed-lateness; default ${DEFAULT-VALUE}")
        private long latenessMinutes;

        private Installation installation() {
            return new Installation(
                    symbols,
                    active == null ? symbols : active,
                    intervals(intervals),
                    tradesPerSecond,
                    days,
                    years,
                    replicas,
                    history,
                    Duration.ofMillis(mergeMillis),
                    Duration.ofMinutes(latenessMinutes));
        }
    }

    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Task task;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new SizeMain());
        command.setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                    failed.getErr().println("size.sh: " + e.getMessage());
                    return 1;
                });
        return command;
    }

    @Override
    public Integer call() throws Exception {
        if (task.measure) {
            new Measured(spec.commandLine().getOut()).bytes();
        } else {
            try {
                Installation of = task.question.installation();
                new SizeReport(new Sizing(of), Cores.of(of))
                        .lines()
                        .forEach(spec.commandLine().getOut()::println);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
        spec.commandLine().getOut().flush();
        return 0;
    }

    private static List<Interval> intervals(String text) {
        List<String> codes = ALL;
        if (text != null && text.matches("\\d+")) {
            int count = Integer.parseInt(text);
            if (count < 1 || count > ALL.size()) {
                throw new IllegalArgumentException(
                        "--intervals: a number from 1 to %d, or codes, not %s"
                                .formatted(ALL.size(), text));
            }
            codes = ALL.subList(0, count);
        } else if (text != null) {
            codes = Arrays.asList(text.split(","));
        }
        try {
            return codes.stream().map(code -> Interval.parse(code.trim(), ZoneOffset.UTC)).toList();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--intervals: " + e.getMessage(), e);
        }
    }
}
