package io.kline.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Closes connections on which the head of a request is begun and not completed in time, and those
 * whose client takes an answer too slowly, which keeps a thread. Jetty's own limit is on silence,
 * and a byte now and then is none. Thread safe.
 */
final class SlowClients implements Connection.Listener, AutoCloseable {

    /** Slower than any network that a chart can be used on. */
    static final long LEAST_BYTES_PER_SECOND = 4 << 10;

    private static final long PERIOD_MILLIS = 250;

    private final Duration headPatience;
    private final Duration answerPatience;
    private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(SlowClients::daemon);

    /**
     * Where a connection was when the head or the answer that it is in had not begun.
     *
     * @param heads how many were complete
     * @param in how many bytes had been received
     * @param answers how many were complete
     * @param out how many bytes had been sent
     * @param since ns
     */
    private record Progress(long heads, long in, long answers, long out, long since) {

        static Progress of(Connection connection, long now) {
            return new Progress(
                    connection.getMessagesIn(),
                    connection.getBytesIn(),
                    connection.getMessagesOut(),
                    connection.getBytesOut(),
                    now);
        }

        boolean isBusy() {
            return heads > answers;
        }
    }

    /**
     * @param headPatience how long a head may take
     * @param answerPatience how long an answer may take however slow the client is
     */
    SlowClients(Duration headPatience, Duration answerPatience) {
        this.headPatience = headPatience;
        this.answerPatience = answerPatience;
        watch.scheduleWithFixedDelay(
                this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        // Others are WebSockets.
        if (connection instanceof ConnectionMetaData) {
            open.put(connection, Progress.of(connection, System.nanoTime()));
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
        Progress reached = Progress.of(connection, now);
        if (reached.heads > before.heads
                || reached.answers > before.answers
                || reached.in == before.in && !reached.isBusy()) {
            open.replace(connection, before, reached);
        } else if (reached.isBusy()
                ? isTakenTooSlowly(reached, before)
                : reached.since - before.since > headPatience.toNanos()) {
            connection.getEndPoint().close();
        }
    }

    private boolean isTakenTooSlowly(Progress reached, Progress before) {
        long nanos = reached.since - before.since;
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanos);
        return nanos > answerPatience.toNanos()
                && reached.out - before.out < seconds * LEAST_BYTES_PER_SECOND;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "slow-clients");
        thread.setDaemon(true);
        return thread;
    }
}
