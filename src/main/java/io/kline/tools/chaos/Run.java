package io.kline.tools.chaos;

import io.kline.tools.stack.Directories;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Plays scenarios, those of one setup after the other, each setup in a world of its own. */
final class Run {

    /** How many ports it takes: two worlds stand beside each other. */
    static final int PORTS = 2 * World.PORTS;

    /**
     * What one world waits for takes long, and needs little of the machine: these come and go
     * beside it.
     */
    private static final Set<Setup> BESIDE_STORES =
            EnumSet.of(Setup.SENTINEL, Setup.CLUSTER, Setup.FEW_INTERVALS, Setup.BOUNDARY);

    private final Path folder;
    private final long seed;
    private final PrintStream out;
    private final Outcomes outcomes;
    private final Worlds worlds;
    private final Worlds worldsBeside;
    private boolean playedElsewhere;

    /**
     * @param root of the project
     * @param port first of the {@value #PORTS} that it takes
     * @param seed of the market and of what is random
     * @param flink settings of Flink that win over all others
     * @param judgesPauses whether too long a pause is a failure
     */
    Run(
            Path root,
            int port,
            long seed,
            Map<String, String> flink,
            boolean judgesPauses,
            PrintStream out) {
        this.folder = root.resolve("target/chaos");
        this.seed = seed;
        this.out = out;
        this.outcomes = new Outcomes(folder.resolve("outcomes.md"), out, judgesPauses);
        this.worlds = new Worlds(root, folder, port, seed, flink, outcomes, out);
        this.worldsBeside =
                new Worlds(
                        root,
                        folder.resolve("beside"),
                        port + World.PORTS,
                        seed,
                        flink,
                        outcomes,
                        out);
    }

    /**
     * Returns whether all went well, and something was played.
     *
     * @param soak how long scenarios are then played at random
     * @param options for a process with another clock
     */
    boolean play(List<Scenario> scenarios, Duration soak, List<String> options) throws Exception {
        if (OtherClock.isAnywhere()) {
            return playAll(scenarios, soak, options);
        }
        Ground ground = Ground.claim(folder);
        try {
            Directories.delete(outcomes.failures());
            outcomes.begin(seed);
            return playAll(scenarios, soak, options);
        } finally {
            ground.close();
        }
    }

    private boolean playAll(List<Scenario> scenarios, Duration soak, List<String> options)
            throws Exception {
        long before = System.nanoTime();
        AtomicBoolean othersAreGood = new AtomicBoolean(true);
        for (Setup setup : Setup.values()) {
            List<Scenario> here = Scenarios.on(setup, scenarios);
            if (setup == Setup.STORES) {
                Together.run(
                        () -> worlds.play(setup, here, Duration.ZERO),
                        () -> {
                            for (Setup other : BESIDE_STORES) {
                                List<Scenario> there = Scenarios.on(other, scenarios);
                                play(other, there, worldsBeside, options, othersAreGood);
                            }
                        });
            } else if (setup == Setup.PLAIN) {
                worlds.play(setup, here, soak);
            } else if (!BESIDE_STORES.contains(setup)) {
                play(setup, here, worlds, options, othersAreGood);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        out.printf(
                "%d of %d scenarios failed, %d were skipped, %d processes were killed; seed %d, %d"
                        + " minutes%n",
                outcomes.failed(),
                outcomes.played(),
                outcomes.skipped(),
                worlds.kills() + worldsBeside.kills(),
                seed,
                took.toMinutes());
        boolean wasAnyPlayed = outcomes.played() > 0 || playedElsewhere;
        return othersAreGood.get() && outcomes.failed() == 0 && wasAnyPlayed;
    }

    /** Plays them here, or in a process with another clock. */
    private void play(
            Setup setup,
            List<Scenario> scenarios,
            Worlds there,
            List<String> options,
            AtomicBoolean othersAreGood)
            throws Exception {
        if (scenarios.isEmpty() || !isPossible(setup, scenarios)) {
            return;
        }
        if (!setup.hasOtherClock() || OtherClock.isHere(setup)) {
            there.play(setup, scenarios, Duration.ZERO);
            return;
        }
        List<String> arguments = new ArrayList<>(options);
        scenarios.forEach(scenario -> arguments.add(scenario.name()));
        playedElsewhere = true;
        if (OtherClock.run(setup, folder.resolve("clock"), arguments) != 0) {
            othersAreGood.set(false);
        }
    }

    /** Whether this machine can have the setup; what it cannot play is skipped. */
    private boolean isPossible(Setup setup, List<Scenario> scenarios) throws IOException {
        Optional<String> obstacle = setup.obstacle();
        if (obstacle.isPresent()) {
            for (Scenario scenario : scenarios) {
                outcomes.skip(scenario, obstacle.get());
            }
        }
        return obstacle.isEmpty();
    }
}
