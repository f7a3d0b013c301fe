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
import java.util.Set;

/** Plays scenarios, those of one setup after the other, each setup in a world of its own. */
final class Run {

    /** How many ports it takes: two worlds stand beside each other. */
    static final int PORTS = 2 * World.PORTS;

    /**
     * What one world waits for takes long, and needs little of the machine: these come and go
     * beside it.
     */
    private static final Set<Setup> BESIDE_STORES =
            EnumSet.of(Setup.SENTINEL, Setup.CLUSTER, Setup.FEW_INTERVALS);

    private final Path folder;
    private final long seed;
    private final PrintStream out;
    private final Outcomes outcomes;
    private final Worlds worlds;
    private final Worlds worldsBeside;

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
     * Returns whether all went well.
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
        boolean othersAreGood = true;
        for (Setup setup : Setup.values()) {
            if (setup.hasOtherClock() && !OtherClock.isHere(setup)) {
                othersAreGood &= playElsewhere(setup, scenarios, options);
            } else if (setup == Setup.STORES) {
                Together.run(
                        () -> play(Setup.STORES, scenarios, Duration.ZERO, worlds),
                        () -> {
                            for (Setup other : BESIDE_STORES) {
                                play(other, scenarios, Duration.ZERO, worldsBeside);
                            }
                        });
            } else if (!BESIDE_STORES.contains(setup)) {
                play(setup, scenarios, setup == Setup.PLAIN ? soak : Duration.ZERO, worlds);
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        out.printf(
                "%d of %d scenarios failed, %d processes were killed; seed %d, %d minutes%n",
                outcomes.failed(),
                outcomes.played(),
                worlds.kills() + worldsBeside.kills(),
                seed,
                took.toMinutes());
        return othersAreGood && outcomes.failed() == 0;
    }

    private void play(Setup setup, List<Scenario> scenarios, Duration soak, Worlds there)
            throws Exception {
        List<Scenario> here = Scenarios.on(setup, scenarios);
        if ((!here.isEmpty() || !soak.isZero()) && isPossible(setup, here)) {
            there.play(setup, here, soak);
        }
    }

    private boolean playElsewhere(Setup setup, List<Scenario> scenarios, List<String> options)
            throws Exception {
        List<Scenario> there = Scenarios.on(setup, scenarios);
        if (there.isEmpty() || !isPossible(setup, there)) {
            return true;
        }
        List<String> arguments = new ArrayList<>(options);
        there.forEach(scenario -> arguments.add(scenario.name()));
        return OtherClock.run(setup, folder.resolve("clock"), arguments) == 0;
    }

    /** Whether this machine can have the setup; what it cannot play is skipped. */
    private boolean isPossible(Setup setup, List<Scenario> scenarios) throws IOException {
        for (Scenario scenario : setup.obstacle().isPresent() ? scenarios : List.<Scenario>of()) {
            outcomes.skip(scenario, setup.obstacle().orElseThrow());
        }
        return setup.obstacle().isEmpty();
    }
}
