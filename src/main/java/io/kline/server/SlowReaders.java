package io.kline.server;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;

/**
 * Closes connections whose client takes an answer too slowly, which keeps a thread. Jetty's own
 * limit is on silence, and a byte now and then is none. Thread safe.
 */
final class SlowReaders implements AutoCloseable {

    /** What is sent within the limit at once: in 30 s that is slower than any usable network. */
    private static final int PART = 64 << 10;

    private final Duration patience;
    private final ScheduledThreadPoolExecutor watch =
            new ScheduledThreadPoolExecutor(1, SlowReaders::daemon);

    /**
     * @param patience how long a client may take for 64 KB
     */
    SlowReaders(Duration patience) {
        this.patience = patience;
        watch.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a part of an answer.
     *
     * @throws IOException if the client has gone, or was too slow
     */
    void write(EndPoint client, OutputStream answer, byte[] some) throws IOException {
        for (int from = 0; from < some.length; from += PART) {
            Future<?> end =
                    watch.schedule(() -> client.close(), patience.toNanos(), TimeUnit.NANOSECONDS);
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
