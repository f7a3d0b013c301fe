package io.kline.store;

import java.time.Duration;

/** Delays between attempts, each twice as long as the one before. */
public final class Backoff {

    private final long first;
    private final long last;
    private long next;

    /**
     * @param first the shortest delay
     * @param last no delay is longer
     */
    public Backoff(Duration first, Duration last) {
        this.first = first.toMillis();
        this.last = last.toMillis();
        this.next = this.first;
    }

    /** How long to wait before the next attempt, ms. */
    public long nextMillis() {
        long delay = next;
        next = Math.min(2 * next, last);
        return delay;
    }

    /** Begins again with the shortest delay. */
    public void reset() {
        next = first;
    }
}
