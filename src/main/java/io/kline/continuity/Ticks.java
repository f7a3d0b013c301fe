package io.kline.continuity;

import java.io.Serializable;

/**
 * When the wall clock opens and closes candles: shortly after every full minute, which all candle
 * boundaries are.
 *
 * @param areOn false in backfill mode, where only event time moves
 */
public record Ticks(boolean areOn) implements Serializable {

    /**
     * How long after the boundary, ms: trades of the minute's last moments that are on their way
     * get into their candle before it is closed, and the new candle is still there well within a
     * second.
     */
    static final long DELAY = 300;

    /** How long to wait while a backlog is being read, ms. */
    static final long RETRY = 1_000;

    /**
     * The longest stretch that is filled at once, ms; a longer one is filled in several ticks, so
     * that other work gets its turn.
     */
    static final long STEP = 86_400_000;

    private static final long MINUTE = 60_000;

    /** The next tick after {@code now}, ms. */
    public long next(long now) {
        return boundary(now) + MINUTE + DELAY;
    }

    /**
     * The time that a tick at {@code now} moves a symbol to that has come to {@code reached}, ms:
     * the last boundary, or part of the way.
     */
    public long step(long reached, long now) {
        return Math.min(boundary(now), Math.floorDiv(reached, MINUTE) * MINUTE + STEP);
    }

    /** The tick after one at {@code now} that moved the symbol to {@code target}, ms. */
    public long nextAfter(long target, long now) {
        return target < boundary(now) ? now : next(now);
    }

    /** When to try again what a backlog held up, ms; the same for all symbols. */
    public long retry(long now) {
        return (now / RETRY + 1) * RETRY;
    }

    private static long boundary(long now) {
        return Math.floorDiv(now - DELAY, MINUTE) * MINUTE;
    }
}
