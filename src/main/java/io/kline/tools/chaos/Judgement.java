package io.kline.tools.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What was measured of a scenario, in the parts between those of its guests. */
final class Judgement {

    /**
     * So much longer may one symbol wait than all at once. With no fault at all 1.7 s were seen on
     * two cores at a load of 12.
     */
    private static final Duration ONE_SYMBOL = Duration.ofSeconds(1);

    private final Scenario scenario;
    private final Duration away;
    private Duration pause = Duration.ZERO;
    private Pauses.Wait slowest;
    private final List<String> wentBack = new ArrayList<>();
    private long begin;
    private long nanos;

    /**
     * @param away how long a symbol may wait that is away
     */
    Judgement(Scenario scenario, Duration away) {
        this.scenario = scenario;
        this.away = away;
    }

    /**
     * A part begins.
     *
     * @param goesOn whether what is away stays so
     */
    void begin(World world, boolean goesOn) {
        if (goesOn) {
            world.pauses().beginPart();
        } else {
            world.pauses().begin();
        }
        begin = System.nanoTime();
    }

    /** A part ends. */
    void end(World world) {
        nanos += System.nanoTime() - begin;
        wentBack.addAll(world.versions().violations());
        Duration longest = world.pauses().longest();
        Pauses.Wait wait =
                world.pauses()
                        .longestOfASymbol(scenario.pause().plus(ONE_SYMBOL), away, scenario.loss());
        pause = pause.compareTo(longest) > 0 ? pause : longest;
        slowest = slowest == null || wait.beyond().compareTo(slowest.beyond()) > 0 ? wait : slowest;
    }

    /** Does what is not measured but for the time it takes. */
    boolean timed(BooleanSupplier action) {
        begin = System.nanoTime();
        try {
            return action.getAsBoolean();
        } finally {
            nanos += System.nanoTime() - begin;
        }
    }

    /** The versions that went back. */
    List<String> wentBack() {
        return wentBack;
    }

    /** The longest time without fresh candles. */
    Duration pause() {
        return pause;
    }

    /** The wait of a symbol that is nearest to its limit. */
    Pauses.Wait slowest() {
        return slowest;
    }

    /** How long all parts took. */
    Duration took() {
        return Duration.ofNanos(nanos);
    }
}
