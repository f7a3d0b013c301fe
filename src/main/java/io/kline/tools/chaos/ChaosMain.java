package io.kline.tools.chaos;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
            "Servers, cluster and jobs are its own, below target/chaos. Exit code 0 if all agreed.",
            "The table is in target/chaos/outcomes.md. A scenario that needs another world, with",
            "other clocks for example, gets one; where the machine cannot have it, it is skipped.",
            "",
            "Examples:",
            "  scripts/chaos.sh --list",
            "  scripts/chaos.sh kill-taskmanager kill-jobmanager",
            "  scripts/chaos.sh suite",
            "  scripts/chaos.sh --soak 60 --seed 7"
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

    @Parameters(
            arity = "0..*",
            paramLabel = "name",
            description = "scenarios; gate for the two that every cluster meets, suite for all")
    private List<String> names = List.of();

    @Option(names = "--list", description = "print the scenarios")
    private boolean list;

    @Option(
            names = "--soak",
            paramLabel = "minutes",
            description = "scenarios at random for that long")
    private int soak;

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
            description = "first of the 200 ports that it takes; default 21000")
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
                out.printf("%-24s %s%n", scenario.name(), scenario.text());
            }
            return 0;
        }
        List<Scenario> scenarios = new ArrayList<>();
        names.forEach(name -> scenarios.addAll(named(name)));
        if (scenarios.isEmpty() && soak == 0) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "Say which scenarios, suite, or --soak; see --list");
        }
        Outcomes outcomes = new Outcomes(folder().resolve("outcomes.md"), out);
        if (!OtherClock.isAnywhere()) {
            outcomes.begin(seed);
        }
        long before = System.nanoTime();
        boolean good = true;
        for (Setup setup : Setup.values()) {
            List<Scenario> here = scenarios.stream().filter(s -> s.setup() == setup).toList();
            if (!here.isEmpty() || setup == Setup.PLAIN && soak > 0) {
                good &= playAll(setup, here, outcomes);
            }
        }
        if (!OtherClock.isAnywhere()) {
            Duration took = Duration.ofNanos(System.nanoTime() - before);
            out.printf("seed %d, %d minutes%n", seed, took.toMinutes());
        }
        return good ? 0 : 1;
    }

    private Path folder() {
        return root().resolve("target/chaos");
    }

    private static Path root() {
        return Path.of(System.getProperty("kline.root", "")).toAbsolutePath();
    }

    private boolean playAll(Setup setup, List<Scenario> scenarios, Outcomes outcomes)
            throws Exception {
        if (setup.obstacle().isPresent()) {
            for (Scenario scenario : scenarios) {
                outcomes.skip(scenario, setup.obstacle().get());
            }
            return true;
        }
        if (setup.hasOtherClock() && !OtherClock.isHere(setup)) {
            return OtherClock.run(setup, folder().resolve("clock"), arguments(scenarios)) == 0;
        }
        Map<String, String> flink = defaultTimeouts ? DEFAULT_TIMEOUTS : Map.of();
        int kills;
        try (World world = new World(root(), folder(), port, setup, flink, seed, out)) {
            out.println("starting servers, cluster and jobs; seed " + seed + " …");
            world.start(seed);
            for (Scenario scenario : scenarios) {
                play(scenario, world, outcomes);
            }
            if (setup == Setup.PLAIN) {
                soak(world, outcomes);
            }
            kills = world.kills();
        }
        out.printf(
                "%d of %d scenarios failed, %d processes were killed; seed %d%n",
                outcomes.failed(), outcomes.played(), kills, seed);
        return outcomes.failed() == 0;
    }

    /** What leads to the same scenarios in another process. */
    private List<String> arguments(List<Scenario> scenarios) {
        List<String> arguments = new ArrayList<>();
        scenarios.forEach(scenario -> arguments.add(scenario.name()));
        arguments.addAll(List.of("--seed", Long.toString(seed), "--port", Integer.toString(port)));
        if (anyPause) {
            arguments.add("--any-pause");
        }
        if (defaultTimeouts) {
            arguments.add("--default-timeouts");
        }
        return arguments;
    }

    private void soak(World world, Outcomes outcomes) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(soak).toNanos();
        Random random = new Random(seed);
        List<Scenario> plain =
                Scenarios.ALL.stream().filter(one -> one.setup() == Setup.PLAIN).toList();
        while (System.nanoTime() < end) {
            play(plain.get(random.nextInt(plain.size())), world, outcomes);
        }
    }

    private void play(Scenario scenario, World world, Outcomes outcomes) throws Exception {
        world.awaitFresh();
        world.freshness().reset();
        long before = System.nanoTime();
        String problem = null;
        try {
            scenario.play().in(world);
        } catch (Scenario.ObstacleException e) {
            outcomes.skip(scenario, e.getMessage());
            return;
        } catch (Exception e) {
            problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("failed");
        }
        world.startAll();
        world.awaitFresh();
        Duration pause = world.freshness().longestPause();
        boolean agrees = world.agrees(scenario.settle());
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        List<String> back = world.versions().violations();
        back.stream().limit(5).forEach(out::println);
        outcomes.add(
                new Outcomes.Outcome(
                        scenario,
                        problem,
                        agrees,
                        back.size(),
                        world.versions().messages(),
                        pause,
                        anyPause || defaultTimeouts || pause.compareTo(scenario.pause()) <= 0,
                        took,
                        world.notes()));
    }

    private List<Scenario> named(String name) {
        List<Scenario> found = Scenarios.of(name);
        if (found.isEmpty()) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "no scenario " + name + ", see --list");
        }
        return found;
    }
}
