package io.kline.server;

import io.kline.store.DaemonThread;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Cuts off clients that take an answer too slowly, which keeps a thread. Jetty's own limit is on
 * silence, and a byte now and then is none. Thread safe.
 */
final class SlowReaders implements AutoCloseable {

    /**
     * What the kernel keeps for a client: a writer goes on when a third of twice that is taken, so
     * a client has to take some 6 KB a second within any 30 s.
     */
    static final int SEND_BUFFER = 256 << 10;

    private static final int PART = 64 << 10;
    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Duration patience;
    private final int leastRate;
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, DaemonThread.named("slow-readers"));

    /**
     * @param patience how long a write of 64 KB may take
     * @param leastRate bytes a second of a whole answer that a client has to take, but for as long
     *     as that
     */
    SlowReaders(Duration patience, int leastRate) {
        this.patience = patience;
        this.leastRate = leastRate;
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Begins an answer of many parts.
     *
     * @param cutOff ends the connection
     */
    Answer begin(OutputStream body, Runnable cutOff) {
        return new Answer(body, cutOff);
    }

    /** Ends a connection unless an answer of one part has left by then, and this is cancelled. */
    Future<?> cutOffLater(Runnable cutOff) {
        return watch.schedule(cutOff, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** One answer. What it takes the server to make it does not count. Used by one thread. */
    final class Answer {

        private final OutputStream body;
        private final Runnable cutOff;
        private long bytes;
        private long spent;

        private Answer(OutputStream body, Runnable cutOff) {
            this.body = body;
            this.cutOff = cutOff;
        }

        /**
         * Sends a part.
         *
         * @throws IOException if the client has gone, or was too slow
         */
        void write(byte[] some) throws IOException {
            for (int from = 0; from < some.length; from += PART) {
                int length = Math.min(PART, some.length - from);
                bytes += length;
                long most = patience.toNanos();
                long left = most + bytes * NANOS / leastRate - spent;
                long begin = System.nanoTime();
                Future<?> end = watch.schedule(cutOff, Math.min(most, left), TimeUnit.NANOSECONDS);
                try {
                    body.write(some, from, length);
                } finally {
                    end.cancel(false);
                    spent += System.nanoTime() - begin;
                }
            }
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }
}
