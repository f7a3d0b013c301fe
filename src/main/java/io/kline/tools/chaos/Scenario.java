package io.kline.tools.chaos;

import java.time.Duration;
import java.util.Optional;

/**
 * A fault, from its beginning to the moment at which everything runs again.
 *
 * @param name in commands
 * @param pause how long fresh candles may be missing; a trade of any symbol may take a little
 *     longer
 * @param away how long a trade may take whose symbol the scenario names as away
 * @param loss how long a latest kline may be away that Redis has lost
 * @param setup the world that it needs
 * @param settle how long the stores may take until they agree
 * @param host the name of a scenario that waits long: where both are played, this one is played
 *     meanwhile, in the same world
 * @param comparesLater whether the stores cannot be compared while it waits: what it hosts is
 *     judged when it has ended
 */
record Scenario(
        String name,
        String text,
        Duration pause,
        Duration away,
        Duration loss,
        Play play,
        Setup setup,
        Duration settle,
        Optional<String> host,
        boolean comparesLater) {

    private static final Duration SETTLE = Duration.ofSeconds(90);

    /**
     * A symbol at rest comes back with the next candle that its writer sends to Redis, be it of
     * another symbol. The last one that there can be is the tick of the next minute.
     */
    private static final Duration NEXT_TICK = Duration.ofSeconds(65);

    /** What happens. */
    @FunctionalInterface
    interface Play {
        void in(World world) throws Exception;
    }

    /** Thrown before anything is broken, where this machine cannot play the scenario. */
    static final class ObstacleException extends Exception {

        private static final long serialVersionUID = 1;

        ObstacleException(String reason) {
            super(reason);
        }
    }

    /**
     * @param pause how long fresh candles may be missing, s
     */
    static Scenario of(String name, int pause, String text, Play play) {
        Duration allowed = Duration.ofSeconds(pause);
        return new Scenario(
                name,
                text,
                allowed,
                allowed,
                allowed,
                play,
                Setup.PLAIN,
                SETTLE,
                Optional.empty(),
                false);
    }

    /** The same in another world. */
    Scenario on(Setup other) {
        return new Scenario(
                name, text, pause, away, loss, play, other, settle, host, comparesLater);
    }

    /**
     * The same with another limit for symbols of what is away.
     *
     * @param seconds the length of that outage and what ends it
     */
    Scenario away(int seconds) {
        Duration allowed = Duration.ofSeconds(seconds);
        return new Scenario(
                name, text, pause, allowed, loss, play, setup, settle, host, comparesLater);
    }

    /** The same, and Redis loses what it has acknowledged. */
    Scenario losing() {
        return new Scenario(
                name, text, pause, away, NEXT_TICK, play, setup, settle, host, comparesLater);
    }

    /** The same with more time until the stores agree. */
    Scenario settling(Duration time) {
        return new Scenario(name, text, pause, away, loss, play, setup, time, host, comparesLater);
    }

    /** The same, played while another one waits where both are played. */
    Scenario during(String other) {
        return new Scenario(
                name,
                text,
                pause,
                away,
                loss,
                play,
                setup,
                settle,
                Optional.of(other),
                comparesLater);
    }

    /** The same, and as long as it waits the stores cannot be compared. */
    Scenario comparingLater() {
        return new Scenario(name, text, pause, away, loss, play, setup, settle, host, true);
    }

    boolean isHostedBy(Scenario other) {
        return host.filter(other.name::equals).isPresent();
    }
}
