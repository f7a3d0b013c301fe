package io.kline.kafka;

import java.util.HashMap;
import java.util.Map;

/**
 * Notices for each partition whether its reader is behind and catching up: then what is read now
 * happened long ago, and the trades of this moment are still to come.
 *
 * <p>A broker's append time says how long a record has waited. A producer's time may be older than
 * that for ever, for a feed that always comes late; so it counts only while the wait becomes
 * shorter.
 */
final class CatchingUp {

    /** A record that has waited longer was waiting in a queue, ms. */
    static final long LONG = 10_000;

    /** How often a producer's times are looked at, ms. */
    private static final long LOOK = 1_000;

    /** A wait that becomes shorter by less than this between two looks stays as it is, ms. */
    private static final long JITTER = 250;

    private final Map<Integer, Look> looks = new HashMap<>();

    private static final class Look {
        long at;
        long longest;
        long longestBefore = Long.MAX_VALUE;
        boolean shrinks = true;
    }

    /**
     * @param wait how long before now the record got its timestamp, ms
     * @param isAppendTime whether that was the broker's
     * @param now ms
     * @return whether the record was read while its partition is catching up
     */
    boolean isBehind(int partition, long wait, boolean isAppendTime, long now) {
        if (isAppendTime) {
            return wait > LONG;
        }
        Look look = looks.computeIfAbsent(partition, any -> new Look());
        look.longest = Math.max(look.longest, wait);
        if (now - look.at >= LOOK) {
            look.shrinks = look.longest < look.longestBefore - JITTER;
            look.longestBefore = look.longest;
            look.longest = 0;
            look.at = now;
        }
        return wait > LONG && look.shrinks;
    }
}
