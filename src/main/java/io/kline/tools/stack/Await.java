package io.kline.tools.stack;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for a condition by asking again and again until a deadline. */
public final class Await {

    private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private Await() {}

    /**
     * Returns once the condition holds.
     *
     * @throws ServerException when it does not within the time; the message names {@code what}
     */
    public static void until(String what, Duration atMost, BooleanSupplier condition) {
        if (!holds(atMost, condition)) {
            throw new ServerException(what + " did not happen within " + atMost.toSeconds() + " s");
        }
    }

    /** Whether the condition holds within the time. An interrupt ends the wait early. */
    public static boolean holds(Duration atMost, BooleanSupplier condition) {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return true;
    }
}
