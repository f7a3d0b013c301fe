package io.kline.store;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The short memory of a server that is away: after a failure it is left alone for a second, then
 * one caller tries it again while the others are still turned away. Thread safe.
 */
public final class CircuitBreaker {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;
    private String problem;
    private long since;

    /**
     * @param clock never goes back, ns
     */
    public CircuitBreaker(LongSupplier clock) {
        this.clock = clock;
    }

    /** Why the caller should not try, or null if it should. */
    public synchronized String refusal() {
        if (problem != null && clock.getAsLong() - since < PAUSE_NANOS) {
            return problem;
        }
        since = clock.getAsLong();
        return null;
    }

    /** The server could not be reached. */
    public synchronized void failed(String why) {
        problem = why;
        since = clock.getAsLong();
    }

    /** The server has answered. */
    public synchronized void answered() {
        problem = null;
    }
}
