package io.kline.server.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.websocket.api.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open connections: they are pinged, counted, and dropped when they are too slow. */
final class StreamClients implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamClients.class);

    private final int maxQueuedMessages;
    private final Set<StreamClient> open = ConcurrentHashMap.newKeySet();
    private final WaitingCharacters backlog = WaitingCharacters.ofHeap(open::size);
    private final ScheduledExecutorService pings =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "streams-ping"));
    private final Counter sent;
    private final Counter replaced;
    private final Counter dropped;

    /**
     * @param maxQueuedMessages messages that may wait for one client
     * @param ping how often clients are pinged
     * @param patience how long a client may go without a pong
     */
    StreamClients(int maxQueuedMessages, Duration ping, Duration patience, MeterRegistry metrics) {
        this.maxQueuedMessages = maxQueuedMessages;
        Gauge.builder("kline.websocket.clients", open, Set::size)
                .description("Open WebSocket connections")
                .register(metrics);
        Gauge.builder("kline.websocket.backlog", backlog, WaitingCharacters::waiting)
                .description("Characters that wait for WebSocket clients")
                .register(metrics);
        sent =
                Counter.builder("kline.websocket.messages")
                        .description("Messages that were handed to the network")
                        .register(metrics);
        replaced =
                Counter.builder("kline.websocket.replaced")
                        .description("Forming candles that slow clients got a newer one instead of")
                        .register(metrics);
        dropped =
                Counter.builder("kline.websocket.failed")
                        .description("Messages that could not be sent: the client was dropped")
                        .register(metrics);
        pings.scheduleAtFixedRate(
                () -> {
                    open.forEach(client -> ping(client, patience));
                    dropGreediest(ping);
                },
                ping.toMillis(),
                ping.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    int maxQueuedMessages() {
        return maxQueuedMessages;
    }

    /** What waits for all of them together. */
    WaitingCharacters backlog() {
        return backlog;
    }

    void add(StreamClient client) {
        open.add(client);
    }

    void remove(StreamClient client) {
        open.remove(client);
    }

    void sent() {
        sent.increment();
    }

    void replaced() {
        replaced.increment();
    }

    /** Ends a connection at once, on a thread of its own: the caller may hold locks. */
    void drop(Session session) {
        dropped.increment();
        if (!pings.isShutdown()) {
            pings.execute(session::disconnect);
        }
    }

    /** Notifies every client that the server ends. */
    void shutDown(InstantSource clock) {
        open.forEach(client -> client.shutDown(clock.millis()));
    }

    @Override
    public void close() {
        pings.shutdownNow();
    }

    /** Where almost too much waits, whoever answers pings only and takes nothing goes. */
    private void dropGreediest(Duration time) {
        long excess = backlog.excess();
        if (excess <= 0) {
            return;
        }
        Map<StreamClient, Integer> waiting =
                open.stream()
                        .collect(Collectors.toMap(Function.identity(), one -> one.backlog(time)));
        List<StreamClient> greediest =
                waiting.keySet().stream()
                        .filter(one -> waiting.get(one) > 0)
                        .sorted(Comparator.comparing(waiting::get).reversed())
                        .toList();
        for (int i = 0; i < greediest.size() && excess > 0; i++) {
            excess -= waiting.get(greediest.get(i));
            greediest.get(i).drop();
        }
    }

    /** Whatever is wrong with one of them, the others are pinged, and again. */
    private static void ping(StreamClient client, Duration patience) {
        try {
            client.ping(patience);
        } catch (RuntimeException e) {
            LOG.error("A client cannot be pinged", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
