package io.kline.sink.redis;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for facts, not for time. */
final class Await {

    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Await() {}

    /**
     * Returns as soon as the condition holds.
     *
     * @throws AssertionError if it does not within 30 seconds
     */
    static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + MOST_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within 30 s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
