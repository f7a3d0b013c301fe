package io.kline.kafka;

import io.kline.model.Lag;
import java.util.HashMap;
import java.util.Map;

/**
 * Notices for each partition whether its reader is behind and catching up: then what is read now
 * happened long ago, and the trades of this moment are still to come.
 *
 * <p>A broker's append time says how long a record has waited. Trades may be old for other reasons:
 * the past is sent anew, or a feed always comes late. In the first case their lag becomes shorter,
 * in the second it stays as it is.
 */
final class CatchingUp {

    /** A record that has waited longer was waiting in a queue, ms. */
    static final long LONG = 10_000;

    /** A record that has waited longer comes faster than it is read, ms. */
    private static final long SHORT = 1_000;

    /** How often the lag of the trades is looked at, ms. */
    private static final long LOOK = 1_000;

    /** A lag that becomes shorter by less than this between two looks stays as it is, ms. */
    private static final long JITTER = 250;

    private final Map<Integer, Look> looks = new HashMap<>();

    private static final class Look {
        long at;
        long recordAt;
        long least = Long.MAX_VALUE;
        long leastBefore = Long.MAX_VALUE;
        boolean shrinks = true;
    }

    /**
     * @param waited how long before now the broker has appended the record, ms; 0 if it did not say
     * @param lag how long before now the trade happened, ms
     * @param now ms
     * @return {@link Lag#LONG} if the record was read while its partition is catching up
     */
    Lag lag(int partition, long waited, long lag, long now) {
        Look look = looks.computeIfAbsent(partition, any -> new Look());
        look.least = Math.min(look.least, lag);
        if (now - look.at >= LOOK) {
            // Who catches up reads without a pause; before the first look nobody knows.
            boolean isReading = now - look.recordAt < LOOK;
            look.shrinks = look.at == 0 || isReading && look.least < look.leastBefore - JITTER;
            look.leastBefore = look.least;
            look.least = Long.MAX_VALUE;
            look.at = now;
        }
        look.recordAt = now;
        if (waited > LONG || lag > LONG && look.shrinks) {
            return Lag.LONG;
        }
        return waited > SHORT ? Lag.SHORT : Lag.NONE;
    }
}
