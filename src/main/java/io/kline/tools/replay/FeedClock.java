package io.kline.tools.replay;

import java.util.concurrent.locks.LockSupport;

/** The clock a replay is paced by. */
interface FeedClock {

    /** Ns since some fixed moment; never goes back. */
    long nanos();

    /** Returns when {@link #nanos()} has reached {@code nanos}. */
    void await(long nanos) throws InterruptedException;

    /** The clock of this machine. */
    static FeedClock system() {
        return new FeedClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void await(long nanos) throws InterruptedException {
                for (long rest = nanos - nanos(); rest > 0; rest = nanos - nanos()) {
                    LockSupport.parkNanos(rest);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
        };
    }
}
