package io.kline.live;

import java.io.Serializable;

/**
 * When processing time closes and opens candles: shortly after every full minute, where all
 * intervals begin.
 *
 * @param areOn whether they do; off is for a backfill, in which only event time moves
 */
public record Ticks(boolean areOn) implements Serializable {

    /**
     * How long after the boundary, ms: trades of the minute's last moments that are on their way
     * get into their candle before it is closed, and the new candle is still there well within a
     * second.
     */
    static final long DELAY = 300;

    /** How long to wait while ticks are held, ms. */
    static final long RETRY = 1_000;

    private static final long MINUTE = 60_000;

    /** The next tick after {@code now}, ms. */
    public long next(long now) {
        return boundary(now) + MINUTE + DELAY;
    }

    /** The last boundary that a tick at {@code now} moves the symbols to, ms. */
    public long boundary(long now) {
        return Math.floorDiv(now - DELAY, MINUTE) * MINUTE;
    }

    /** When to try again what was held, ms. */
    public long retry(long now) {
        return (now / RETRY + 1) * RETRY;
    }
}
