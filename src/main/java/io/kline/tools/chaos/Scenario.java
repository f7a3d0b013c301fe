package io.kline.tools.chaos;

import java.time.Duration;

/**
 * A fault, from its beginning to the moment at which everything runs again.
 *
 * @param name in commands
 * @param pause how long fresh candles may be missing
 */
record Scenario(String name, String text, Duration pause, Play play) {

    /** What happens. */
    @FunctionalInterface
    interface Play {
        void in(World world) throws Exception;
    }

    /**
     * @param pause how long fresh candles may be missing, s
     */
    static Scenario of(String name, int pause, String text, Play play) {
        return new Scenario(name, text, Duration.ofSeconds(pause), play);
    }
}
