package io.kline.tools.chaos;

import java.time.Duration;

/**
 * A fault, from its beginning to the moment at which everything runs again.
 *
 * @param name in commands
 * @param pause how long fresh candles may be missing
 * @param setup the world that it needs
 * @param settle how long the stores may take until they agree
 */
record Scenario(String name, String text, Duration pause, Play play, Setup setup, Duration settle) {

    private static final Duration SETTLE = Duration.ofSeconds(90);

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
        return new Scenario(name, text, Duration.ofSeconds(pause), play, Setup.PLAIN, SETTLE);
    }

    /** The same in another world. */
    Scenario on(Setup other) {
        return new Scenario(name, text, pause, play, other, settle);
    }

    /** The same with more time until the stores agree. */
    Scenario settling(Duration time) {
        return new Scenario(name, text, pause, play, setup, time);
    }
}
