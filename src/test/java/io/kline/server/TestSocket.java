package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.testing.Await;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket client that remembers what it got. */
final class TestSocket implements WebSocket.Listener, AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final List<String> messages = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger pings = new AtomicInteger();
    final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    private TestSocket() {}

    static TestSocket open(int port, String path) throws Exception {
        TestSocket socket = new TestSocket();
        socket.connect(port, path).get(60, TimeUnit.SECONDS);
        return socket;
    }

    static CompletableFuture<TestSocket> opening(int port, String path) {
        TestSocket socket = new TestSocket();
        return socket.connect(port, path).thenApply(any -> socket);
    }

    private CompletableFuture<WebSocket> connect(int port, String path) {
        return TestClient.http()
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + path), this)
                .whenComplete((opened, failure) -> socket = opened);
    }

    void send(String text) throws Exception {
        socket.sendText(text, true).get(60, TimeUnit.SECONDS);
    }

    void ping() throws Exception {
        socket.sendPing(ByteBuffer.wrap(new byte[] {1})).get(60, TimeUnit.SECONDS);
    }

    /** Sends a command and returns the answer to it. */
    JsonNode ask(String command) throws Exception {
        int before = messages.size();
        send(command);
        Await.until(PATIENCE, "an answer", () -> messages.size() > before);
        return json(before);
    }

    JsonNode json(int index) throws Exception {
        return JSON.readTree(messages.get(index));
    }

    void await(int count) throws Exception {
        Await.until(PATIENCE, () -> assertThat(messages).hasSizeGreaterThanOrEqualTo(count));
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            messages.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        pings.incrementAndGet();
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
        closed.complete(statusCode);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(-1);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
