package io.kline.server;

import io.kline.store.DaemonThread;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Closes connections on which the head of a request is begun and not completed in time. Jetty's own
 * limit is on silence, and a byte now and then is none. Thread safe.
 */
final class SlowHeads implements Connection.Listener, AutoCloseable {

    private static final long PERIOD_MILLIS = 250;

    private final Duration patience;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("slow-heads"));

    /**
     * @param heads how many were complete
     * @param bytes how many there were when the last one was complete
     * @param since when the one after that had not begun, ns
     */
    private record Progress(long heads, long bytes, long since) {}

    /**
     * @param patience how long a head may take
     */
    SlowHeads(Duration patience) {
        this.patience = patience;
        watch.scheduleWithFixedDelay(
                this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        // Others are WebSockets.
        if (connection instanceof ConnectionMetaData) {
            open.put(connection, new Progress(0, 0, System.nanoTime()));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
    }

    @Override
    public void close() {
        watch.shutdownNow();
    }

    private void check() {
        long now = System.nanoTime();
        open.forEach((connection, before) -> check(connection, before, now));
    }

    private void check(Connection connection, Progress before, long now) {
        long heads = connection.getMessagesIn();
        long bytes = connection.getBytesIn();
        boolean isBusy = heads > connection.getMessagesOut();
        if (isBusy || heads > before.heads || bytes == before.bytes) {
            open.replace(connection, before, new Progress(heads, bytes, now));
        } else if (now - before.since > patience.toNanos()) {
            connection.getEndPoint().close();
        }
    }
}
