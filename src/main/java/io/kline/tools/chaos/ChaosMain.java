package io.kline.tools.chaos;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
            "",
            "Examples:",
            "  scripts/chaos.sh --list",
            "  scripts/chaos.sh kill-taskmanager kill-jobmanager",
            "  scripts/chaos.sh suite",
            "  scripts/chaos.sh --soak 60 --seed 7"
        })
final class ChaosMain implements Callable<Integer> {

    @Parameters(
            arity = "0..*",
            paramLabel = "name",
            description = "scenarios, or suite for all of them")
    private List<String> names = List.of();

    @Option(names = "--list", description = "print the scenarios")
    private boolean list;

    @Option(
            names = "--soak",
            paramLabel = "minutes",
            description = "scenarios at random for that long, of those that need the setup PLAIN")
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

    private final PrintStream out = System.out;
    private final Path root = Path.of(System.getProperty("kline.root", "")).toAbsolutePath();
    private int played;
    private int failed;
    private int kills;

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
                out.printf("%-20s %-8s %s%n", scenario.name(), scenario.setup(), scenario.text());
            }
            return 0;
        }
        List<Scenario> scenarios = new ArrayList<>();
        names.forEach(name -> scenarios.addAll(named(name)));
        if (scenarios.isEmpty() && soak == 0) {
            throw new CommandLine.ParameterException(
                    new CommandLine(this), "Say which scenarios, suite, or --soak; see --list");
        }
        for (Setup setup : Setup.values()) {
            Deque<Scenario> left = new ArrayDeque<>(on(setup, scenarios));
            Duration time = setup == Setup.PLAIN ? Duration.ofMinutes(soak) : Duration.ZERO;
            if (left.isEmpty() && time.isZero()) {
                continue;
            }
            Optional<String> obstacle = setup.obstacle();
            if (obstacle.isPresent()) {
                left.forEach(
                        each -> out.printf("%-20s skipped: %s%n", each.name(), obstacle.get()));
                continue;
            }
            do {
                playIn(setup, left, time);
            } while (!left.isEmpty());
        }
        out.printf(
                "%d of %d scenarios failed, %d processes were killed; seed %d%n",
                failed, played, kills, seed);
        return failed == 0 ? 0 : 1;
    }

    /** Plays until all are played, or the stores differ: the next ones need another world. */
    private void playIn(Setup setup, Deque<Scenario> left, Duration soaking) throws Exception {
        Path folder = root.resolve("target/chaos");
        try (World world = new World(root, folder, port, setup, seed, out)) {
            out.println("starting servers, cluster and jobs; " + setup + ", seed " + seed + " …");
            world.start(seed);
            boolean agrees = true;
            while (agrees && !left.isEmpty()) {
                agrees = play(left.remove(), world);
            }
            List<Scenario> all = on(setup, Scenarios.ALL);
            Random random = new Random(seed);
            long end = System.nanoTime() + soaking.toNanos();
            while (System.nanoTime() < end) {
                play(all.get(random.nextInt(all.size())), world);
            }
            kills += world.kills();
        }
    }

    private static List<Scenario> on(Setup setup, List<Scenario> scenarios) {
        return scenarios.stream().filter(scenario -> scenario.setup() == setup).toList();
    }

    /** Plays a scenario, and returns whether the stores agree. */
    private boolean play(Scenario scenario, World world) throws Exception {
        world.awaitFresh();
        world.freshness().reset();
        world.memory().reset();
        long before = System.nanoTime();
        String problem = null;
        try {
            scenario.play().in(world);
        } catch (Exception e) {
            problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("failed");
        }
        world.startAll();
        world.awaitFresh();
        Duration pause = world.freshness().longestPause();
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        boolean agrees = world.agrees(scenario.settle());
        List<String> back = world.versions().violations();
        back.stream().limit(5).forEach(out::println);
        boolean isFresh = anyPause || pause.compareTo(scenario.pause()) <= 0;
        boolean good = problem == null && agrees && back.isEmpty() && isFresh;
        out.printf(
                Locale.ROOT,
                "%-20s %-6s stores %s, versions that went back %d of %,d, longest pause %.1f s%s"
                        + " (allowed %d s), took %d s; %s%s%n",
                scenario.name(),
                good ? "ok" : "FAILED",
                agrees ? "agree" : "DIFFER",
                back.size(),
                world.versions().messages(),
                pause.toMillis() / 1000.0,
                isFresh ? "" : " TOO LONG",
                scenario.pause().toSeconds(),
                took.toSeconds(),
                world.memory().report(),
                problem == null ? "" : "; " + problem);
        played++;
        failed += good ? 0 : 1;
        return agrees;
    }

    private List<Scenario> named(String name) {
        return name.equals("suite")
                ? Scenarios.ALL
                : List.of(Scenarios.named(name).orElseThrow(() -> unknown(name)));
    }

    private CommandLine.ParameterException unknown(String name) {
        return new CommandLine.ParameterException(
                new CommandLine(this), "no scenario " + name + ", see --list");
    }
}
