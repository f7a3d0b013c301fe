package io.kline.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true. */
public final class Await {

    private static final long POLL_NANOS = 20_000_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(30);

    private Await() {}

    /** Polls for 30 seconds until the condition holds. */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + MOST_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("not within 30 s: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    /** Polls until the assertion holds; fails with its last error. */
    public static void until(Duration patience, Assertion assertion) throws Exception {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                assertion.check();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    /** Polls until the condition holds. */
    public static void until(Duration patience, String what, Callable<Boolean> condition)
            throws Exception {
        until(
                patience,
                () -> {
                    if (!condition.call()) {
                        throw new AssertionError("not within " + patience + ": " + what);
                    }
                });
    }

    /** Something that may not hold yet. */
    public interface Assertion {
        void check() throws Exception;
    }
}
