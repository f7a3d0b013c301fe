package io.kline.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The short memory of a server that is away: after a failure it is left alone for a moment, then
 * one caller tries it again while the others are still turned away. Thread safe.
 */
public final class CircuitBreaker {

    /** Long beside a failed attempt to connect, short beside an outage. */
    public static final Duration PAUSE = Duration.ofSeconds(1);

    private final LongSupplier clock;
    private final long pauseNanos;
    private String problem;
    private long since;

    /**
     * One that leaves the server alone for {@link #PAUSE}.
     *
     * @param clock never goes back, ns
     */
    public CircuitBreaker(LongSupplier clock) {
        this(clock, PAUSE);
    }

    /**
     * @param clock never goes back, ns
     * @param pause how long the server is left alone; zero to turn nobody away
     */
    public CircuitBreaker(LongSupplier clock, Duration pause) {
        this.clock = clock;
        pauseNanos = pause.toNanos();
    }

    /** Why the caller should not try, or null if it should. */
    public synchronized String refusal() {
        if (problem != null && clock.getAsLong() - since < pauseNanos) {
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
