package io.kline.tools.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The command behind {@code scripts/bench.sh}. */
@Command(
        name = "bench.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpAutoWidth = true,
        description =
                "Measures, prints a table and writes target/bench/results.json. Every run checks"
                        + " its own result; one that is wrong does not count.",
        footer = {
            "",
            "How each figure is taken: docs/benchmarks.md. It needs Linux, whose /proc says how"
                    + " much CPU time a process has used.",
            "",
            "Exit code: 0, or 1 if a run was wrong or the machine too busy, 2 on wrong options.",
            "",
            "Examples:",
            "  scripts/bench.sh",
            "  scripts/bench.sh script --script old.lua --script new.lua",
            "  scripts/bench.sh engine --trades 200000 --runs 1 --any-load"
        })
public final class BenchMain implements Callable<Integer> {

    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final int FAILED = 1;

    @Parameters(
            paramLabel = "name",
            arity = "0..*",
            description = "what to measure, see --list; default: what the goals are judged by")
    private List<String> names = List.of();

    @Option(names = "--list", description = "list the benchmarks, and exit")
    private boolean list;

    @Option(
            names = "--runs",
            paramLabel = "n",
            defaultValue = "5",
            description = "how often each variant is run; default ${DEFAULT-VALUE}")
    private int runs;

    @Option(
            names = "--trades",
            paramLabel = "n",
            defaultValue = "" + BenchOptions.FULL_SIZE,
            description = "size of a run; default ${DEFAULT-VALUE}")
    private int trades;

    @Option(
            names = "--rate",
            paramLabel = "n",
            defaultValue = "0",
            description =
                    "highest rate of the full path, trades/s, for latencies; default: measured")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "n",
            defaultValue = "1",
            description = "of all that is made up; default ${DEFAULT-VALUE}")
    private long seed;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            description =
                    "another version of kline.lua with the same arguments; twice to compare two")
    private List<Path> scripts = List.of();

    @Option(
            names = "--any-load",
            description = "measure on a busy machine, too; the results are marked")
    private boolean anyLoad;

    private final PrintStream out = System.out;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine command = new CommandLine(new BenchMain());
        command.setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                    e.printStackTrace(failed.getErr());
                    return FAILED;
                });
        return command;
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            Benchmarks.ALL.forEach(each -> out.printf("%-14s %s%n", each.name(), each.about()));
            return 0;
        }
        List<Benchmark> chosen = chosen();
        double load = ForeignLoad.measure(LOOK);
        if (!ForeignLoad.isLow(load) && !anyLoad) {
            System.err.printf(
                    "bench.sh: others use %.2f cores, at most %.1f is allowed; --any-load measures"
                            + " all the same%n",
                    load, ForeignLoad.MOST);
            return FAILED;
        }
        Path root = Path.of(System.getProperty("kline.root", "")).toAbsolutePath();
        Conditions conditions = Conditions.now(root, load);
        BenchOptions options = new BenchOptions(runs, trades, rate, seed, scripts);
        List<Figures> results = new ArrayList<>();
        for (Benchmark benchmark : chosen) {
            Figures figures = new Figures(benchmark.name(), System.err);
            results.add(figures);
            benchmark.action().run(options, figures);
            figures.lines().forEach(out::println);
            new ResultsFile(root).write(conditions, options, results);
        }
        out.println(conditions.line());
        return results.stream().allMatch(figures -> figures.wrong().isEmpty()) ? 0 : FAILED;
    }

    private List<Benchmark> chosen() {
        if (runs < 1 || trades < 1) {
            throw new ParameterException(new CommandLine(this), "--runs and --trades: at least 1");
        }
        if (names.isEmpty()) {
            return Benchmarks.GOALS;
        }
        return names.stream()
                .map(
                        name ->
                                Benchmarks.named(name)
                                        .orElseThrow(
                                                () ->
                                                        new ParameterException(
                                                                new CommandLine(this),
                                                                "no benchmark "
                                                                        + name
                                                                        + ", see --list")))
                .toList();
    }
}
