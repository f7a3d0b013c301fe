package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One address misbehaves, and the others do not notice. */
@Timeout(120)
class FloodITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PER_ADDRESS = 50;
    private static final int FLOOD = 10_000;
    private static final int AT_ONCE = 500;

    @RegisterExtension
    static final TestServer server = new TestServer(TestStores::filled, FloodITCase::limited);

    private static ServerSettings limited(ServerSettings usual) {
        return new ServerSettings(
                "0.0.0.0",
                0,
                usual.quoteAssets(),
                usual.corsOrigins(),
                List.of("127.0.0.8"),
                0,
                new ServerLimits(1_000_000, 200, PER_ADDRESS, 1_000_000, 1_000),
                usual.tickers(),
                usual.steps(),
                usual.query());
    }

    @Test
    void tenThousandConnectionsFromOneAddressAreFiftyAndTheOthersGetIn() throws Exception {
        List<Socket> flood = new ArrayList<>();
        try {
            for (int i = 0; i < FLOOD; i++) {
                flood.add(connect("127.0.0.9"));
                if (i % AT_ONCE == 0) {
                    assertThat(isAnswered("127.0.0.7")).isTrue();
                }
                if (i == AT_ONCE) {
                    assertThat(isAnswered("127.0.0.9")).isFalse();
                    int answered = 0;
                    for (Socket each : flood) {
                        answered += isAnswered(each) ? 1 : 0;
                    }
                    assertThat(answered).isEqualTo(PER_ADDRESS);
                }
            }
            int open = 0;
            for (Socket each : flood) {
                open += isAnswered(each) ? 1 : 0;
            }
            // Those that were idle for half a minute are gone.
            assertThat(open).isLessThanOrEqualTo(PER_ADDRESS);
        } finally {
            for (Socket each : flood) {
                each.close();
            }
        }
        Await.until(PATIENCE, "room again", () -> isAnswered("127.0.0.9"));
    }

    @Test
    void proxiesMayHaveMore() throws Exception {
        List<Socket> many = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * PER_ADDRESS; i++) {
                many.add(connect("127.0.0.8"));
            }
            for (Socket each : many) {
                assertThat(isAnswered(each)).isTrue();
            }
        } finally {
            for (Socket each : many) {
                each.close();
            }
        }
    }

    @Test
    void webSocketsAreCountedAsLongAsTheyAreOpen() throws Exception {
        for (int round = 0; round < 3; round++) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < PER_ADDRESS; i++) {
                Socket socket = connect("127.0.0.6");
                sockets.add(socket);
                send(
                        socket,
                        "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
                assertThat(firstLine(socket)).contains(" 101 ");
            }
            assertThat(isAnswered("127.0.0.6")).isFalse();
            for (Socket each : sockets) {
                each.close();
            }
            Await.until(PATIENCE, "room again", () -> isAnswered("127.0.0.6"));
        }
    }

    /** Each answer that is not taken keeps a thread. */
    @Test
    void whoTakesNoAnswersLeavesTheThreadsToTheOthers() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < UnderWay.MOST + 10; i++) {
                Socket socket = connect("127.0.0.8");
                slow.add(socket);
                send(socket, request("/openapi.yaml", "10.1.1.1").repeat(500));
            }
            Await.until(
                    PATIENCE,
                    "too many",
                    () -> answer("/api/v3/ping", "10.1.1.1").contains(" 429 "));
            assertThat(answer("/api/v3/ping", "10.1.1.2")).contains(" 200 ");
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
        Await.until(
                PATIENCE, "room again", () -> answer("/api/v3/ping", "10.1.1.1").contains(" 200 "));
    }

    private static String request(String path, String client) {
        return "GET %s HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: %s\r\n\r\n".formatted(path, client);
    }

    private static String answer(String path, String client) throws IOException {
        try (Socket socket = connect("127.0.0.8")) {
            send(socket, request(path, client));
            return firstLine(socket);
        }
    }

    /** A byte now and then keeps Jetty's own limit from ending it. */
    @Test
    void aHeadThatTakesTooLongEndsTheConnection() throws Exception {
        try (Socket fresh = connect("127.0.0.5");
                Socket used = connect("127.0.0.5");
                Socket idle = connect("127.0.0.5")) {
            assertThat(isAnswered(used)).isTrue();
            long begin = System.nanoTime();
            boolean isFreshOpen = true;
            boolean isUsedOpen = true;
            while ((isFreshOpen || isUsedOpen)
                    && System.nanoTime() - begin < TimeUnit.SECONDS.toNanos(20)) {
                isFreshOpen = isFreshOpen && drip(fresh);
                isUsedOpen = isUsedOpen && drip(used);
                TimeUnit.MILLISECONDS.sleep(200);
            }
            assertThat(isFreshOpen).isFalse();
            assertThat(isUsedOpen).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isGreaterThan(Duration.ofSeconds(9));
            assertThat(isAnswered(idle)).isTrue();
        }
    }

    private static boolean drip(Socket socket) {
        try {
            socket.getOutputStream().write('G');
            socket.setSoTimeout(1);
            try {
                return socket.getInputStream().read() >= 0;
            } catch (SocketTimeoutException open) {
                return true;
            }
        } catch (IOException closed) {
            return false;
        }
    }

    private static Socket connect(String from) throws IOException {
        Socket socket = new Socket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static boolean isAnswered(String from) throws IOException {
        try (Socket socket = connect(from)) {
            return isAnswered(socket);
        }
    }

    private static boolean isAnswered(Socket socket) {
        try {
            send(socket, "GET /api/v3/ping HTTP/1.1\r\nHost: a\r\n\r\n");
            return firstLine(socket).contains(" 200 ");
        } catch (IOException closed) {
            return false;
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\n';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }
}
