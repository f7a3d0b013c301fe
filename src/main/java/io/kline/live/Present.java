package io.kline.live;

import io.kline.model.Inbound.Accepted;

/**
 * What time it is, as far as Kafka's append times make it plausible. A machine whose clock has
 * jumped ahead must not write tomorrow's candles.
 */
final class Present {

    private long ahead = Long.MIN_VALUE;

    /**
     * A record was read.
     *
     * @param present the latest that it can have been when Kafka got it, ms since the epoch; {@link
     *     Accepted#NOT_KNOWN} if it does not say so
     * @param elapsed time that has passed since any fixed moment, ms; not the wall clock's
     */
    void seen(long present, long elapsed) {
        if (present == Accepted.NOT_KNOWN) {
            return;
        }
        ahead = Math.max(ahead, present - elapsed);
    }

    /**
     * The wall clock's time, or the latest that is plausible, ms.
     *
     * @param wall the wall clock's time, ms
     */
    long now(long wall, long elapsed) {
        return ahead == Long.MIN_VALUE ? wall : Math.min(wall, ahead + elapsed);
    }
}
