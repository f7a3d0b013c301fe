package io.kline.tools.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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
    private volatile Histogram latencies = new ConcurrentHistogram(MOST_MICROS, 3);

    /** Opens the connections. */
    static SocketCrowd open(int port, int clients, List<String> symbols, int each, Random random) {
        SocketCrowd crowd = new SocketCrowd();
        HttpClient http = HttpClient.newHttpClient();
        for (int i = 0; i < clients; i++) {
            List<String> streams =
                    random.ints(0, symbols.size())
                            .distinct()
                            .limit(each)
                            .mapToObj(symbols::get)
                            .map(symbol -> symbol.toLowerCase(Locale.ROOT) + "@kline_1m")
                            .toList();
            crowd.clients.add(crowd.connect(http, port, streams));
        }
        return crowd;
    }

    private Client connect(HttpClient http, int port, List<String> streams) {
        Client client = new Client(streams);
        URI address =
                URI.create(
                        "ws://127.0.0.1:" + port + "/stream?streams=" + String.join("/", streams));
        client.socket = http.newWebSocketBuilder().buildAsync(address, client).join();
        return client;
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

    @Override
    public void close() {
        clients.forEach(client -> client.socket.abort());
    }

    private final class Client implements WebSocket.Listener {
        private final List<String> streams;
        private final Map<String, Long> last = new ConcurrentHashMap<>();
        private final StringBuilder text = new StringBuilder();
        private WebSocket socket;

        private Client(List<String> streams) {
            this.streams = streams;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
            text.append(data);
            if (isLast) {
                take(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        private void take(long now) {
            int begin = text.indexOf(LAST_ID) + LAST_ID.length();
            long id = Long.parseLong(text, begin, text.indexOf(",", begin), 10);
            latencies.recordValue(Math.max(0, Math.min(MOST_MICROS, now - id)));
            messages.increment();
            int name = text.indexOf(":\"") + 2;
            last.put(text.substring(name, text.indexOf("\"", name)), id);
        }
    }
}
