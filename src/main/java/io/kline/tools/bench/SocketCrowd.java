package io.kline.tools.bench;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Many clients of the server's combined streams, each with the minutes of some symbols at random.
 * The id of a candle's last trade is the time at which it was made, in µs.
 */
final class SocketCrowd implements AutoCloseable {

    private static final long MOST_MICROS = 60_000_000;
    private static final String LAST_ID = "\"L\":";

    private final List<Client> clients = new ArrayList<>();
    private final LongAdder messages = new LongAdder();
    private final Queue<String> troubles = new ConcurrentLinkedQueue<>();
    private volatile Histogram latencies = new ConcurrentHistogram(MOST_MICROS, 3);

    /** Opens the connections. */
    static SocketCrowd open(int port, int clients, List<String> symbols, int each, Random random)
            throws IOException {
        SocketCrowd crowd = new SocketCrowd();
        for (int i = 0; i < clients; i++) {
            List<String> streams =
                    random.ints(0, symbols.size())
                            .distinct()
                            .limit(each)
                            .mapToObj(symbols::get)
                            .map(symbol -> symbol.toLowerCase(Locale.ROOT) + "@kline_1m")
                            .toList();
            Client client = crowd.new Client(streams);
            crowd.clients.add(client);
            client.socket =
                    TextSocket.open(
                            port,
                            "/stream?streams=" + String.join("/", streams),
                            client::take,
                            crowd.troubles::add);
        }
        return crowd;
    }

    /** Latencies from now on, µs. */
    Histogram measure() {
        messages.reset();
        Histogram fresh = new ConcurrentHistogram(MOST_MICROS, 3);
        latencies = fresh;
        return fresh;
    }

    /** Messages that came to clients since the last {@link #measure}. */
    long messages() {
        return messages.sum();
    }

    /** How many clients want each stream. */
    Map<String, Long> wanted() {
        return clients.stream()
                .flatMap(client -> client.streams.stream())
                .collect(Collectors.groupingBy(stream -> stream, Collectors.counting()));
    }

    /**
     * How many times a client lacks the newest of a stream.
     *
     * @param newest ids of the last trades by stream
     */
    long behind(Map<String, Long> newest) {
        return clients.stream()
                .flatMap(
                        client ->
                                client.streams.stream()
                                        .filter(
                                                stream ->
                                                        !newest.get(stream)
                                                                .equals(client.last.get(stream))))
                .count();
    }

    /** Why connections have ended. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public void close() {
        clients.forEach(client -> client.socket.close());
    }

    private final class Client {
        private final List<String> streams;
        private final Map<String, Long> last = new ConcurrentHashMap<>();
        private TextSocket socket;

        private Client(List<String> streams) {
            this.streams = streams;
        }

        private void take(String text) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            int begin = text.indexOf(LAST_ID) + LAST_ID.length();
            long id = Long.parseLong(text, begin, text.indexOf(',', begin), 10);
            latencies.recordValue(Math.max(0, Math.min(MOST_MICROS, now - id)));
            messages.increment();
            int name = text.indexOf(":\"") + 2;
            last.put(text.substring(name, text.indexOf('"', name)), id);
        }
    }
}
