package io.kline.store.heal;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Lets so many candles pass a second, and none of them before its turn. Used by one thread. */
final class Pace {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final int perSecond;
    private final LongSupplier clock;
    private final Sleep sleep;
    private long next;

    /** How to wait. */
    interface Sleep {
        void nanos(long nanos) throws InterruptedException;
    }

    /**
     * @param perSecond how many candles
     * @param clock never goes back, ns
     */
    Pace(int perSecond, LongSupplier clock, Sleep sleep) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.sleep = sleep;
        this.next = clock.getAsLong();
    }

    /** Waits until candles may be written. Time that was not used is not saved up. */
    void await(int candles) throws InterruptedException {
        long wait = next - clock.getAsLong();
        if (wait > 0) {
            sleep.nanos(wait);
        }
        next = Math.max(next, clock.getAsLong()) + candles * SECOND / perSecond;
    }
}
