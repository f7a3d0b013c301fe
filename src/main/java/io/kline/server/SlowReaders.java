package io.kline.server;

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
     * a client has to take some 6 KB a second within 30 s.
     */
    static final int SEND_BUFFER = 256 << 10;

    private static final int PART = 64 << 10;

    private final Duration patience;
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, SlowReaders::daemon);

    /**
     * @param patience how long a write of 64 KB may take
     */
    SlowReaders(Duration patience) {
        this.patience = patience;
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a part of an answer.
     *
     * @param cutOff ends the connection
     * @throws IOException if the client has gone, or was too slow
     */
    void write(OutputStream answer, byte[] some, Runnable cutOff) throws IOException {
        for (int from = 0; from < some.length; from += PART) {
            Future<?> end = watch.schedule(cutOff, patience.toNanos(), TimeUnit.NANOSECONDS);
            try {
                answer.write(some, from, Math.min(PART, some.length - from));
            } finally {
                end.cancel(false);
            }
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "slow-readers");
        thread.setDaemon(true);
        return thread;
    }
}
