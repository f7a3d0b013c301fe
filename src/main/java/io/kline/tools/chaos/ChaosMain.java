package io.kline.tools.chaos;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command behind {@code scripts/chaos.sh}. */
@Command(
        name = "chaos.sh",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Breaks parts of a real cluster under load, and checks each time that the stores"
                        + " hold the candles of what was sent.",
        footer = {
            "",
            "Servers, cluster and jobs are its own, below target/chaos. Exit code 0 if all agreed,",
            "and something was played.",
            "The table is in target/chaos/outcomes.md. A scenario that needs another world, with",
            "other clocks for example, gets one; where the machine cannot have it, it is skipped.",
            "",
            "Examples:",
            "  scripts/chaos.sh --list",
            "  scripts/chaos.sh kill-taskmanager kill-jobmanager",
            "  scripts/chaos.sh suite",
            "  scripts/chaos.sh soak --minutes 60 --seed 7"
        })
final class ChaosMain implements Callable<Integer> {

    /**
     * Flink's own defaults of what {@code flink-conf/config.yaml} makes shorter. The jobs have no
     * settings that are shortened.
     */
    private static final Map<String, String> DEFAULT_TIMEOUTS =
            Map.ofEntries(
                    Map.entry("heartbeat.interval", "10s"),
                    Map.entry("heartbeat.timeout", "50s"),
                    Map.entry("slot.request.timeout", "5min"),
                    Map.entry("high-availability.zookeeper.client.session-timeout", "60s"),
                    Map.entry("high-availability.zookeeper.client.connection-timeout", "15s"),
                    Map.entry("high-availability.zookeeper.client.retry-wait", "5s"),
                    Map.entry("restart-strategy.exponential-delay.max-backoff", "1min"),
                    Map.entry("restart-strategy.exponential-delay.reset-backoff-threshold", "1h"));

    private static final String SOAK = "soak";
    private static final int SOAK_MINUTES = 60;

    @Parameters(
            arity = "0..*",
            paramLabel = "name",
            description =
                    "scenarios; gate for the two that every cluster meets, suite for all, soak for"
                            + " those of the usual world at random; default gate")
    private List<String> names = List.of();

    @Option(names = "--list", description = "print the scenarios")
    private boolean list;

    @Option(
            names = {"--minutes", "--soak"},
            paramLabel = "n",
            description = "how long soak goes on, default 60; --soak n is soak --minutes n")
    private Integer minutes;

    @Option(
            names = "--seed",
            paramLabel = "n",
            defaultValue = "1",
            description = "of the market and of what is random; default 1")
    private long seed;

    @Option(
            names = "--port",
            paramLabel = "n",
            defaultValue = "21000",
            description = "first of the " + Run.PORTS + " ports that it takes; default 21000")
    private int port;

    @Option(
            names = "--any-pause",
            description = "report how long fresh candles were missing, and do not judge it")
    private boolean anyPause;

    @Option(
            names = "--default-timeouts",
            description =
                    "Flink's own timeouts in place of the shorter ones of flink-conf; pauses are"
                            + " reported, not judged")
    private boolean defaultTimeouts;

    private final PrintStream out = System.out;

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs the command, and returns its exit code. */
    static int run(String... args) {
        CommandLine command = new CommandLine(new ChaosMain());
        command.setExecutionExceptionHandler(
                (e, failed, parsed) -> {
                    e.printStackTrace();
                    return 1;
                });
        return command.execute(args);
    }

    @Override
    public Integer call() throws Exception {
        if (list) {
            for (Scenario scenario : Scenarios.ALL) {
                out.printf("%-24s %-13s %s%n", scenario.name(), scenario.setup(), scenario.text());
            }
            return 0;
        }
        if (minutes != null && minutes < 1) {
            throw wrong("--minutes must be at least 1");
        }
        boolean soaks = minutes != null || names.contains(SOAK);
        List<Scenario> scenarios = new ArrayList<>();
        for (String name : names.isEmpty() && !soaks ? List.of("gate") : names) {
            scenarios.addAll(name.equals(SOAK) ? List.of() : named(name));
        }
        int soak = soaks ? Objects.requireNonNullElse(minutes, SOAK_MINUTES) : 0;
        Path root = Path.of(System.getProperty("kline.root", "")).toAbsolutePath();
        Run run =
                new Run(
                        root,
                        port,
                        seed,
                        defaultTimeouts ? DEFAULT_TIMEOUTS : Map.of(),
                        !anyPause && !defaultTimeouts,
                        out);
        return run.play(scenarios, Duration.ofMinutes(soak), options()) ? 0 : 1;
    }

    /** What this process was started with, but for the scenarios. */
    private List<String> options() {
        List<String> options =
                new ArrayList<>(
                        List.of("--seed", Long.toString(seed), "--port", Integer.toString(port)));
        if (anyPause) {
            options.add("--any-pause");
        }
        if (defaultTimeouts) {
            options.add("--default-timeouts");
        }
        return options;
    }

    private List<Scenario> named(String name) {
        List<Scenario> found = Scenarios.of(name);
        if (found.isEmpty()) {
            throw wrong("no scenario " + name + ", see --list");
        }
        return found;
    }

    private CommandLine.ParameterException wrong(String what) {
        return new CommandLine.ParameterException(new CommandLine(this), what);
    }
}
