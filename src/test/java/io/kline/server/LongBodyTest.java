package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.javalin.Javalin;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.ApiResponse.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body of 64 MB, made while it is sent. */
@Timeout(60)
class LongBodyTest {

    private static final int PART = 64 << 10;
    private static final int PARTS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AtomicInteger made = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final SlowReaders slowReaders = new SlowReaders(PATIENCE, PART);
    private final LongBody longBody = new LongBody(slowReaders);
    private int failAt = Integer.MAX_VALUE;
    private Error error;
    private final Javalin server =
            Javalin.create(
                            config -> {
                                config.startup.showJavalinBanner = false;
                                config.routes.get("/", context -> longBody.send(context, body()));
                                config.routes.head("/", context -> longBody.send(context, body()));
                            })
                    .start("127.0.0.1", 0);

    private ApiResponse body() {
        Stream<byte[]> rest =
                Stream.generate(this::part).limit(PARTS - 1).onClose(closed::countDown);
        return new ApiResponse(
                200, "text/csv", new byte[PART], Set.of(), new Download("a.csv", rest));
    }

    private byte[] part() {
        if (made.incrementAndGet() == failAt) {
            throw new IllegalStateException("made to fail");
        }
        if (error != null) {
            throw error;
        }
        return new byte[PART];
    }

    @AfterEach
    void stop() {
        server.stop();
        slowReaders.close();
    }

    @Test
    void allOfItComes() throws Exception {
        HttpResponse<byte[]> answer = get();
        assertThat(answer.body()).hasSize(PARTS * PART);
        assertThat(answer.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"a.csv\"");
        assertThat(closed.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aPartOfItIsNoAnswer() throws Exception {
        failAt = PARTS / 2;
        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
        assertThat(closed.await(1, TimeUnit.SECONDS)).isTrue();
    }

    /** There the end of a connection is the end of a body. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1\r\nConnection: close", "HTTP/1.0"})
    void norIsItWithoutChunks(String version) throws Exception {
        assertThat(drain(version)).isGreaterThan(PARTS * PART);
        failAt = made.get() + PARTS / 2;
        assertThatThrownBy(() -> drain(version)).isInstanceOf(SocketException.class);
    }

    private int drain(String version) throws IOException {
        try (Socket client = ask(version)) {
            return client.getInputStream().readAllBytes().length;
        }
    }

    private Socket ask(String version) throws IOException {
        Socket client = new Socket("127.0.0.1", server.port());
        client.getOutputStream()
                .write(
                        ("GET / " + version + "\r\nHost: a\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    @Test
    void anErrorIsNoEnd() throws Exception {
        error = new OutOfMemoryError("made up");
        assertThatThrownBy(this::get).isInstanceOf(IOException.class);
        assertThat(closed.await(1, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void nobodyMakesWhatIsNotTaken() throws Exception {
        HttpResponse<Void> head =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(uri()).method("HEAD", noBody()).build(),
                                BodyHandlers.discarding());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(made).hasValue(0);
        assertThat(closed.await(1, TimeUnit.SECONDS)).isTrue();
    }

    /** A byte now and then keeps Jetty's own limit from ending it. */
    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1", "HTTP/1.0"})
    void whoTakesItTooSlowlyIsCutOff(String version) throws Exception {
        long begin = System.nanoTime();
        try (Socket slow = ask(version)) {
            InputStream in = slow.getInputStream();
            // What was sent before may still come.
            assertThatThrownBy(
                            () -> {
                                while (in.read() >= 0) {
                                    TimeUnit.MILLISECONDS.sleep(closed.getCount() > 0 ? 10 : 0);
                                }
                            })
                    .isInstanceOf(SocketException.class);
        }
        assertThat(made.get()).isLessThan(PARTS - 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(PATIENCE, PATIENCE.multipliedBy(5));
        // Who is fast is let alone.
        assertThat(get().body()).hasSize(PARTS * PART);
    }

    private HttpResponse<byte[]> get() throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri()).build(), BodyHandlers.ofByteArray());
    }

    private URI uri() {
        return URI.create("http://127.0.0.1:" + server.port() + "/");
    }

    private static HttpRequest.BodyPublisher noBody() {
        return HttpRequest.BodyPublishers.noBody();
    }
}
