package io.kline.tools.chaos;

import io.kline.tools.stack.ServerException;
import io.kline.tools.stack.ServerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The worlds of a run that are made in one place, one after the other, and what is played in them.
 */
final class Worlds {

    private final Path root;
    private final Path folder;
    private final int port;
    private final long seed;
    private final Map<String, String> flink;
    private final Outcomes outcomes;
    private final PrintStream out;
    private final Deque<Scenario> hosts = new ArrayDeque<>();
    private final List<Outcomes.Outcome> comparedLater = new ArrayList<>();
    private int kills;

    /**
     * @param root of the project
     * @param folder of the world that there is
     * @param port first of the {@value World#PORTS} that it takes
     * @param seed of the market and of what is random
     * @param flink settings of Flink that win over all others
     * @param outcomes gets that of each scenario
     */
    Worlds(
            Path root,
            Path folder,
            int port,
            long seed,
            Map<String, String> flink,
            Outcomes outcomes,
            PrintStream out) {
        this.root = root;
        this.folder = folder;
        this.port = port;
        this.seed = seed;
        this.flink = flink;
        this.outcomes = outcomes;
        this.out = out;
    }

    /** How many processes were killed so far. */
    int kills() {
        return kills;
    }

    /**
     * Plays scenarios in one world, or in several if the stores of one differ.
     *
     * @param soak how long scenarios of the setup are then played at random
     */
    void play(Setup setup, List<Scenario> scenarios, Duration soak) throws Exception {
        Deque<Scenario> left = new ArrayDeque<>(scenarios);
        List<Scenario> all =
                Scenarios.ALL.stream().filter(scenario -> scenario.setup() == setup).toList();
        Random random = new Random(seed);
        long end = System.nanoTime() + soak.toNanos();
        while (!left.isEmpty() || System.nanoTime() < end) {
            Scenario next = null;
            boolean started = false;
            try (World world = new World(root, folder, port, setup, flink, seed, out)) {
                out.println(
                        "starting servers, cluster and jobs; " + setup + ", seed " + seed + " …");
                try {
                    world.start(seed);
                    started = true;
                    // Where the stores differ, the next ones need another world.
                    boolean agrees = true;
                    while (agrees && (!left.isEmpty() || System.nanoTime() < end)) {
                        next = left.poll();
                        agrees =
                                play(
                                        next == null ? all.get(random.nextInt(all.size())) : next,
                                        world,
                                        left);
                        next = null;
                    }
                } finally {
                    kills += world.kills();
                }
            } catch (ServerException e) {
                // What else is to be played gets another world.
                Scenario notPlayed = next == null && !started ? left.poll() : next;
                outcomes.fail(notPlayed == null ? "world" : notPlayed.name(), e.getMessage());
                for (Outcomes.Outcome other : comparedLater) {
                    outcomes.fail(other.scenario().name(), "the stores were not compared");
                }
                comparedLater.clear();
                hosts.clear();
            }
        }
    }

    /**
     * Plays a scenario, and what it hosts of those that are left; returns whether the stores agree.
     */
    private boolean play(Scenario scenario, World world, Deque<Scenario> left) throws Exception {
        boolean isGuest = !hosts.isEmpty();
        world.awaitFresh();
        world.memory().reset();
        Judgement judgement = new Judgement(scenario, allowedAway(scenario));
        judgement.begin(world, isGuest);
        String problem = null;
        hosts.push(scenario);
        Guests.Player before =
                world.guests().invite(() -> playGuest(scenario, judgement, world, left));
        try {
            scenario.play().in(world);
        } catch (Scenario.ObstacleException e) {
            outcomes.skip(scenario, e.getMessage());
            return true;
        } catch (Exception e) {
            problem = String.valueOf(e.getMessage()).lines().findFirst().orElse("failed");
        } finally {
            hosts.pop();
            world.guests().invite(before);
        }
        boolean isFreshAgain = isFreshAgain(world, isGuest);
        judgement.end(world);
        if (!isFreshAgain) {
            String stale = "candles did not become fresh again";
            problem = problem == null ? stale : problem + "; " + stale;
        }
        world.note("%s", world.memory().report());
        Outcomes.Outcome outcome = outcome(scenario, world, problem, judgement);
        if (hosts.stream().anyMatch(Scenario::comparesLater)) {
            out.printf("%-24s played; its stores are compared later%n", scenario.name());
            comparedLater.add(outcome);
            return problem == null;
        }
        // The stores of a world that does not come back say nothing, and the next ones need
        // another.
        boolean agrees =
                isFreshAgain && judgement.timed(() -> world.verdict().agrees(scenario.settle()));
        add(outcome.ended(agrees, judgement.took()), world);
        for (Outcomes.Outcome other : comparedLater) {
            add(other.ended(agrees, other.took()), world);
        }
        comparedLater.clear();
        return agrees && (problem == null || !isGuest);
    }

    /** Plays the next guest, and returns whether another one may come. */
    private boolean playGuest(Scenario host, Judgement judgement, World world, Deque<Scenario> left)
            throws Exception {
        Optional<Scenario> guest =
                left.stream().filter(scenario -> scenario.isHostedBy(host)).findFirst();
        if (guest.isEmpty()) {
            return false;
        }
        // What the host has broken is the host's.
        world.awaitFresh();
        judgement.end(world);
        left.remove(guest.get());
        List<String> notes = world.notes();
        boolean goesOn = false;
        try {
            goesOn = play(guest.get(), world, left);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            outcomes.fail(guest.get().name(), String.valueOf(e.getMessage()));
        }
        notes.forEach(note -> world.note("%s", note));
        judgement.begin(world, true);
        return goesOn;
    }

    /** What is away for a host is so for its guests. */
    private Duration allowedAway(Scenario scenario) {
        return Stream.concat(Stream.of(scenario), hosts.stream())
                .map(Scenario::away)
                .max(Duration::compareTo)
                .orElseThrow();
    }

    private void add(Outcomes.Outcome outcome, World world) throws IOException {
        outcomes.add(outcome);
        if (!outcome.isGood()) {
            keepLogs(outcome.scenario(), world);
        }
    }

    /** The next world takes the place of this one. */
    private void keepLogs(Scenario scenario, World world) throws IOException {
        Path kept = Files.createDirectories(outcomes.failures().resolve(scenario.name()));
        for (ServerProcess process : world.processes()) {
            if (Files.exists(process.log())) {
                Files.copy(
                        process.log(),
                        kept.resolve(process.name() + ".log"),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        out.println("    logs of its processes: " + kept);
    }

    private static boolean isFreshAgain(World world, boolean isGuest) throws Exception {
        if (!isGuest) {
            world.startAll();
        }
        try {
            world.awaitFresh();
            return true;
        } catch (ServerException e) {
            return false;
        }
    }

    private Outcomes.Outcome outcome(
            Scenario scenario, World world, String problem, Judgement judgement)
            throws IOException {
        List<String> back = judgement.wentBack();
        back.stream().limit(5).forEach(out::println);
        return new Outcomes.Outcome(
                scenario,
                problem,
                false,
                back.size(),
                world.versions().messages(),
                judgement.pause(),
                judgement.slowest(),
                outcomes.judgesPauses(),
                judgement.took(),
                world.notes());
    }
}
