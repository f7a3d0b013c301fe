package io.kline.tools.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A client of the server's combined WebSocket stream. */
final class SocketStreams implements AutoCloseable {

    private final WebSocket socket;

    private SocketStreams(WebSocket socket) {
        this.socket = socket;
    }

    /**
     * Opens the streams of the minutes of some symbols.
     *
     * @param messages gets every message
     */
    static SocketStreams open(int port, List<String> symbols, Consumer<String> messages) {
        String streams =
                symbols.stream()
                        .map(symbol -> symbol.toLowerCase(Locale.ROOT) + "@kline_1m")
                        .collect(Collectors.joining("/"));
        return connect("ws://127.0.0.1:" + port + "/stream?streams=" + streams, messages);
    }

    /**
     * Opens one stream, whose messages come without its name.
     *
     * @param messages gets every message
     */
    static SocketStreams openRaw(int port, String stream, Consumer<String> messages) {
        return connect("ws://127.0.0.1:" + port + "/ws/" + stream, messages);
    }

    private static SocketStreams connect(String address, Consumer<String> messages) {
        return new SocketStreams(
                HttpClient.newHttpClient()
                        .newWebSocketBuilder()
                        .buildAsync(URI.create(address), new Whole(messages))
                        .join());
    }

    /** Puts messages together. */
    private static final class Whole implements WebSocket.Listener {
        private final Consumer<String> messages;
        private final StringBuilder text = new StringBuilder();

        private Whole(Consumer<String> messages) {
            this.messages = messages;
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                messages.accept(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    @Override
    public void close() {
        socket.abort();
    }
}
