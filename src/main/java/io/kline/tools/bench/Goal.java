package io.kline.tools.bench;

import java.util.Locale;

/**
 * What a figure should be.
 *
 * @param bound the worst value that is good
 * @param isMost whether lower values are better
 */
record Goal(double bound, boolean isMost) {

    static Goal atMost(double bound) {
        return new Goal(bound, true);
    }

    static Goal atLeast(double bound) {
        return new Goal(bound, false);
    }

    boolean isMetBy(double value) {
        return isMost ? value <= bound : value >= bound;
    }

    /** The goal, and whether a value meets it. */
    String verdict(double value) {
        return String.format(
                Locale.ROOT,
                "%s %,.6g: %s",
                isMost ? "at most" : "at least",
                bound,
                isMetBy(value) ? "met" : "NOT met");
    }
}
