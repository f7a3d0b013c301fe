package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.server.stream.StreamServer;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.tools.stack.EmbeddedRedis;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** Slow, silent and greedy clients, and a Redis that goes away. */
@Timeout(60)
class StreamTroubleITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final StreamServer.Limits LIMITS =
            new StreamServer.Limits(50, Duration.ofMillis(400), Duration.ofSeconds(4));

    /** Without pings, which would drop a client that does not read as well. */
    private static final StreamServer.Limits PATIENT =
            new StreamServer.Limits(50, Duration.ofHours(1), Duration.ofHours(1));

    private static EmbeddedRedis redis;
    private static CandleStores stores;
    private static KlineServer server;

    @BeforeAll
    static void start() throws Exception {
        redis = EmbeddedRedis.temporary();
        redis.start();
        stores = TestStores.with(redis.address());
        server =
                KlineServer.start(
                        TestServer.settings(stores.settings(), "https://chart.example"), LIMITS);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        stores.close();
        redis.close();
    }

    @Test
    void openStreamsSurviveARestartOfRedis() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/awayusdt@kline_1m")) {
            try (Jedis jedis = jedis()) {
                jedis.sadd(RedisKeys.SYMBOLS, "AWAYUSDT");
            }
            publish(candle("AWAYUSDT", 1, 2, false));
            socket.await(1);
            // Stored and not published: as good as published while nobody was listening.
            try (Jedis jedis = jedis()) {
                store(jedis, candle("AWAYUSDT", 1, 3, true), candle("AWAYUSDT", 2, 1, false));
            }
            publish(candle("AWAYUSDT", 2, 1, false));
            redis.stop();
            Await.until(PATIENCE, "noticed", () -> !health().contains("\"live\":true"));
            // Longer than a candle waits for a close that may come.
            TimeUnit.MILLISECONDS.sleep(2_500);
            assertThat(socket.messages).hasSize(1);
            redis.start();
            socket.await(3);
            assertThat(socket.json(1).at("/k/n").asInt()).isEqualTo(3);
            assertThat(socket.json(1).at("/k/x").asBoolean()).isTrue();
            assertThat(socket.json(2).at("/k/n").asInt()).isEqualTo(1);
            publish(candle("AWAYUSDT", 2, 2, false));
            socket.await(4);
            assertThat(socket.messages).hasSize(4);
        }
    }

    /** More than is read at once: the oldest is left out, and no close of the newest ones. */
    @Test
    void afterALongInterruptionTheNewestCandlesCome() throws Exception {
        StreamServer.Limits wide =
                new StreamServer.Limits(5_000, Duration.ofHours(1), Duration.ofHours(1));
        try (KlineServer other = KlineServer.start(TestServer.settings(stores.settings()), wide);
                TestSocket socket = TestSocket.open(other.port(), "/ws/longusdt@kline_1m");
                Jedis jedis = jedis()) {
            TestClient client = new TestClient(other.port());
            publish(candle("LONGUSDT", 1, 2, true));
            socket.await(1);
            for (int i = 2; i <= 1_100; i++) {
                store(jedis, candle("LONGUSDT", i, 2, true), candle("LONGUSDT", i + 1, 1, false));
            }
            redis.stop();
            Await.until(
                    PATIENCE,
                    "noticed",
                    () -> !client.get("/health").body().contains("\"live\":true"));
            redis.start();
            socket.await(1_001);
            for (int i = 1; i <= 1_000; i++) {
                assertThat(socket.json(i).at("/k/t").asLong())
                        .isEqualTo(candle("LONGUSDT", 101 + i, 2, true).openTime());
                assertThat(socket.json(i).at("/k/x").asBoolean()).isEqualTo(i < 1_000);
            }
        }
    }

    /** Its version is not remembered any more: only the log of changes has it. */
    @Test
    void anOldCorrectionThatWasMissedIsToldFromTheLog() throws Exception {
        Candle corrected = candle("LOGGEDUSDT", 5, 7, true);
        Candle before = candle("LOGGEDUSDT", 5, 6, true);
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/loggedusdt@kline_1m");
                TestSocket corrections =
                        TestSocket.open(server.port(), "/ws/loggedusdt@correction_1m")) {
            publish(candle("LOGGEDUSDT", 1_000, 2, false));
            socket.await(1);
            try (Jedis jedis = jedis()) {
                // Otherwise it would be looked for during the first minute.
                store(
                        jedis,
                        candle("LOGGEDUSDT", 999, 1, true),
                        candle("LOGGEDUSDT", 1_000, 2, false));
            }
            redis.stop();
            Await.until(PATIENCE, "noticed", () -> !health().contains("\"live\":true"));
            for (Candle each : List.of(before, corrected)) {
                stores.sql(
                        ("INSERT INTO kline_restated (symbol, interval_code, open_time, reason,"
                                        + " after_kline)"
                                        + " VALUES ('%s', '1m', %d, 'late_trade', '%s')")
                                .formatted(each.symbol(), each.openTime(), KlineJson.write(each)));
            }
            redis.start();
            corrections.await(1);
            assertThat(corrections.json(0).get("e").asText()).isEqualTo("correction");
            assertThat(corrections.json(0).at("/k/t").asLong()).isEqualTo(corrected.openTime());
            // The version before it may have been sent, and the later one too.
            assertThat(corrections.json(0).at("/k/n").asLong()).isEqualTo(7);
            assertThat(corrections.messages).hasSize(1);
            assertThat(socket.messages).hasSize(1);
        }
    }

    /** A connection that stands brings nothing where Redis does not take the channel. */
    @Test
    void aChannelThatRedisRefusesIsNotLive() throws Exception {
        try (Jedis jedis = jedis();
                TestSocket socket = TestSocket.open(server.port(), "/ws/refusedusdt@kline_1m")) {
            Await.until(PATIENCE, "connected", () -> health().contains("\"live\":true"));
            try {
                jedis.aclSetUser("default", "resetchannels");
                jedis.sadd(RedisKeys.SYMBOLS, "REFUSEDUSDT");
                Await.until(PATIENCE, "noticed", () -> !health().contains("\"live\":true"));
                for (int i = 0; i < 10; i++) {
                    TimeUnit.MILLISECONDS.sleep(200);
                    assertThat(health()).contains("\"live\":false");
                }
            } finally {
                jedis.aclSetUser("default", "allchannels");
            }
            Await.until(PATIENCE, "connected", () -> health().contains("\"live\":true"));
            publish(candle("REFUSEDUSDT", 1, 2, false));
            socket.await(1);
        }
    }

    /** Otherwise lists of all streams could fill the memory. */
    @Test
    void whoDoesNotTakeAnswersIsNotAnswered() throws Exception {
        String names =
                IntStream.range(0, 1_024)
                        .mapToObj(i -> "nobodyhasthisnameatall" + i + "@kline_1m")
                        .collect(Collectors.joining("/"));
        try (KlineServer other =
                        KlineServer.start(TestServer.settings(stores.settings()), PATIENT);
                Socket slow = rawSocket(other.port(), "/stream?streams=" + names)) {
            for (int i = 0; i < 40; i++) {
                slow.getOutputStream().write(list());
                TimeUnit.MILLISECONDS.sleep(250);
            }
            // What the network has already, and two more.
            assertThat(metric(other, "kline_websocket_backlog")).isBetween(40_000.0, 200_000.0);
            assertThat(metric(other, "kline_websocket_clients")).isEqualTo(1);
        }
    }

    /** The command, in a frame of its own whose mask changes nothing. */
    private static byte[] list() {
        byte[] text =
                "{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":1}".getBytes(StandardCharsets.US_ASCII);
        byte[] frame = new byte[text.length + 6];
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | text.length);
        System.arraycopy(text, 0, frame, 6, text.length);
        return frame;
    }

    @Test
    void aSlowClientGetsTheNewestCandleAndTheOthersAll() throws Exception {
        try (KlineServer other =
                        KlineServer.start(TestServer.settings(stores.settings()), PATIENT);
                Socket slow = rawSocket(other.port(), "/ws/slowusdt@kline_1m");
                TestSocket quick = TestSocket.open(other.port(), "/ws/slowusdt@kline_1m");
                Jedis jedis = jedis()) {
            awaitSubscription("kline:{SLOWUSDT}:1m");
            int sent = 0;
            while (metric(other, "kline_websocket_replaced_total") < 2_000) {
                for (int i = 0; i < 500; i++) {
                    sent++;
                    jedis.publish(
                            "kline:{SLOWUSDT}:1m",
                            KlineJson.write(candle("SLOWUSDT", 1, sent, false)));
                }
                // Only what has arrived at the quick one is known to have been handed out.
                awaitCount(quick, sent);
            }
            slow.setSoTimeout(10_000);
            readUntil(slow, "\"n\":" + sent + ",");
            assertThat(metric(other, "kline_websocket_clients")).isEqualTo(2);
            assertThat(metric(other, "kline_websocket_failed_total")).isZero();
        }
    }

    @Test
    void aClientThatLeavesTooMuchThatIsFinalIsDroppedAndTheOthersAreNot() throws Exception {
        try (KlineServer other =
                        KlineServer.start(TestServer.settings(stores.settings()), PATIENT);
                Socket slow = rawSocket(other.port(), "/ws/finalusdt@kline_1m");
                TestSocket quick = TestSocket.open(other.port(), "/ws/finalusdt@kline_1m");
                Jedis jedis = jedis()) {
            awaitSubscription("kline:{FINALUSDT}:1m");
            int sent = 0;
            while (metric(other, "kline_websocket_failed_total") == 0) {
                for (int i = 0; i < 40; i++) {
                    sent++;
                    jedis.publish(
                            "kline:{FINALUSDT}:1m",
                            KlineJson.write(candle("FINALUSDT", sent, 2, true)));
                }
                quick.await(sent);
            }
            Await.until(PATIENCE, "dropped", () -> metric(other, "kline_websocket_clients") == 1);
            assertThat(quick.messages).hasSize(sent);
            assertThat(slow.isClosed()).isFalse();
        }
    }

    private static void awaitCount(TestSocket socket, long count) throws Exception {
        Await.until(
                PATIENCE,
                "the newest",
                () -> {
                    int size = socket.messages.size();
                    return size > 0 && socket.json(size - 1).at("/k/n").asLong() == count;
                });
    }

    private static void readUntil(Socket socket, String text) throws Exception {
        StringBuilder read = new StringBuilder();
        byte[] some = new byte[8_192];
        while (read.indexOf(text) < 0) {
            int count = socket.getInputStream().read(some);
            assertThat(count).as("bytes").isPositive();
            read.delete(0, Math.max(0, read.length() - text.length()));
            read.append(new String(some, 0, count, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void aClientWithoutPongsIsDropped() throws Exception {
        try (Socket silent = rawSocket(server.port(), "/ws");
                TestSocket alive = TestSocket.open(server.port(), "/ws")) {
            silent.setSoTimeout(10_000);
            InputStream in = silent.getInputStream();
            assertThat(in.read()).as("a ping").isEqualTo(0x89);
            int more = 0;
            while (in.read() >= 0 && more < 200) {
                more++;
            }
            assertThat(more).as("bytes of pings, until the end").isLessThan(200);
            Await.until(PATIENCE, "pings", () -> alive.pings.get() > 5);
            assertThat(alive.closed).isNotDone();
        }
    }

    @Test
    void aClientThatSendsTooMuchIsClosed() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws")) {
            for (int i = 0; i < 10 && !socket.closed.isDone(); i++) {
                socket.ping();
            }
            assertThat(socket.closed.get(10, TimeUnit.SECONDS)).isEqualTo(1008);
        }
    }

    @Test
    void thereAreAtMost1024Streams() throws Exception {
        String names =
                IntStream.range(0, 1_024)
                        .mapToObj(i -> "s" + i + "@kline_1m")
                        .collect(Collectors.joining("/"));
        try (TestSocket socket = TestSocket.open(server.port(), "/stream?streams=" + names)) {
            String one = "{\"method\":\"SUBSCRIBE\",\"params\":[\"%s@kline_1m\"],\"id\":1}";
            assertThat(socket.ask(one.formatted("s1")).has("result")).isTrue();
            assertThat(socket.ask(one.formatted("more")).get("msg").asText())
                    .isEqualTo("Invalid request: too many streams");
        }
        assertThatThrownBy(
                        () ->
                                TestSocket.open(
                                        server.port(), "/stream?streams=" + names + "/b@kline_1m"))
                .hasStackTraceContaining("status code 400");
    }

    @Test
    void pagesOfOtherSitesMustNotConnect() throws Exception {
        assertThat(handshake("/ws", "Origin: https://evil.example")).contains(" 403 ");
        assertThat(handshake("/ws", "Origin: https://chart.example")).contains(" 101 ");
        assertThat(handshake("/ws", "Origin: http://localhost")).contains(" 101 ");
        assertThat(handshake("/ws/btcusdt@trade", "X-A: b")).contains(" 400 ");
        assertThat(handshake("/stream?streams=a@kline_1m&timeUnit=HOUR", "X-A: b"))
                .contains(" 400 ");
        assertThat(handshake("/ws/a%20b@kline_1m", "X-A: b")).contains(" 400 ");
    }

    private static String handshake(String path, String header) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            return handshake(socket, path, header);
        }
    }

    private static Socket rawSocket(int port, String path) throws Exception {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        assertThat(handshake(socket, path, "X-A: b")).contains(" 101 ");
        return socket;
    }

    /** Returns the head of the answer. */
    private static String handshake(Socket socket, String path, String header) throws Exception {
        socket.getOutputStream()
                .write(
                        ("GET "
                                        + path
                                        + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                        + header
                                        + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = socket.getInputStream().read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static void publish(Candle candle) throws Exception {
        String channel = RedisKeys.latest(candle.symbol(), candle.interval());
        awaitSubscription(channel);
        try (Jedis jedis = jedis()) {
            jedis.publish(channel, KlineJson.write(candle));
        }
    }

    private static void awaitSubscription(String channel) throws Exception {
        try (Jedis jedis = jedis()) {
            jedis.sadd(
                    RedisKeys.SYMBOLS,
                    channel.substring(channel.indexOf('{') + 1, channel.indexOf('}')));
            Await.until(
                    PATIENCE, "subscription", () -> jedis.pubsubNumSub(channel).get(channel) == 1);
        }
    }

    /** Stores a closed candle and the one after it, without publishing them. */
    private static void store(Jedis jedis, Candle closed, Candle latest) {
        String key = RedisKeys.history(closed.symbol(), closed.interval());
        jedis.zadd(key, closed.openTime(), KlineJson.write(closed));
        jedis.set(RedisKeys.latest(latest.symbol(), latest.interval()), KlineJson.write(latest));
    }

    private static Jedis jedis() {
        return new Jedis("127.0.0.1", redis.port());
    }

    private static String health() throws Exception {
        return new TestClient(server.port()).get("/health").body();
    }

    private static double metric(KlineServer of, String name) throws Exception {
        return new TestClient(of.port())
                .get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .sum();
    }
}
