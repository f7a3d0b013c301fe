package io.kline.store.redis;

/** Delays between attempts: from 100 ms, doubling, to 2 s. */
public final class Backoff {

    private static final long FIRST_MILLIS = 100;
    private static final long LAST_MILLIS = 2_000;

    private long next = FIRST_MILLIS;

    /** How long to wait before the next attempt, ms. */
    public long nextMillis() {
        long delay = next;
        next = Math.min(2 * next, LAST_MILLIS);
        return delay;
    }

    /** Begins again with the shortest delay. */
    public void reset() {
        next = FIRST_MILLIS;
    }
}
