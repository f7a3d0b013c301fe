package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

@Timeout(180)
class StreamITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CLIENTS = 1_000;

    @RegisterExtension static final TestServer server = new TestServer(TestStores::filled);

    @BeforeAll
    static void awaitLive() throws Exception {
        Await.until(
                PATIENCE,
                "live",
                () -> server.client().get("/health").body().contains("\"live\":true"));
    }

    @Test
    void payloadHasBinancesFieldsInBinancesTypes() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/fielddusdt@kline_1m")) {
            publish(candle("FIELDDUSDT", 1, 2, true));
            socket.await(1);
            String message = socket.messages.get(0).replaceAll("\"E\":\\d{13}", "\"E\":0");
            assertThat(message)
                    .isEqualTo(
                            "{\"e\":\"kline\",\"E\":0,\"s\":\"FIELDDUSDT\",\"k\":{\"t\":1767225660000,\"T\":1767225719999,"
                                    + "\"s\":\"FIELDDUSDT\",\"i\":\"1m\",\"f\":10,\"L\":11,\"o\":\"100.01\",\"c\":\"100.01\","
                                    + "\"h\":\"101.01\",\"l\":\"99.01\",\"v\":\"1\",\"n\":2,\"x\":true,\"q\":\"100.01\","
                                    + "\"V\":\"1\",\"Q\":\"100.01\",\"B\":\"0\"}}");
        }
    }

    @Test
    void aSubscriptionBeginsWithTheNewestCandle() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/btcusdt@kline_1m")) {
            socket.await(1);
            assertThat(socket.json(0).at("/k/t").asLong())
                    .isEqualTo(candle(TestStores.CANDLES - 1).openTime());
        }
    }

    @Test
    void noVersionGoesBack() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/backusdt@kline_1m")) {
            Candle newer = candle("BACKUSDT", 1, 5, false);
            publish(newer);
            socket.await(1);
            publish(candle("BACKUSDT", 1, 4, false));
            publish(newer);
            publish(candle("BACKUSDT", 2, 1, false));
            publish(candle("BACKUSDT", 1, 5, true));
            socket.await(3);
            assertThat(socket.messages)
                    .extracting(
                            text ->
                                    text.replaceAll(
                                            ".*\"t\":(\\d+).*\"n\":(\\d+),\"x\":(\\w+).*",
                                            "$1 $2 $3"))
                    .containsExactly(
                            "1767225660000 5 false",
                            "1767225660000 5 true",
                            "1767225720000 1 false");
        }
    }

    @Test
    void combinedStreamsAreWrapped() throws Exception {
        try (TestSocket socket =
                TestSocket.open(
                        server.port(), "/stream?streams=wrap.1_x-usdt@kline_1m/other@kline_1h")) {
            publish(candle("WRAP.1_X-USDT", 1, 2, false));
            socket.await(1);
            assertThat(socket.json(0).get("stream").asText()).isEqualTo("wrap.1_x-usdt@kline_1m");
            assertThat(socket.json(0).at("/data/s").asText()).isEqualTo("WRAP.1_X-USDT");
            assertThat(socket.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":7}").toString())
                    .isEqualTo(
                            "{\"result\":[\"wrap.1_x-usdt@kline_1m\",\"other@kline_1h\"],\"id\":7}");
        }
    }

    /** Redis may pass on the first message before the subscriber has its channel open. */
    @Test
    void theFirstMessageOfAChannelIsPassedOn() throws Exception {
        for (int i = 0; i < 300; i++) {
            server.stores().redis.sadd(RedisKeys.SYMBOLS, "FIRST" + i + "USDT");
        }
        for (int i = 0; i < 300; i++) {
            String symbol = "FIRST" + i + "USDT";
            String kline = KlineJson.write(candle(symbol, 1, 2, false));
            CompletableFuture<TestSocket> opening =
                    TestSocket.opening(
                            server.port(), "/ws/" + symbol.toLowerCase(Locale.ROOT) + "@kline_1m");
            while (server.stores().redis.publish(RedisKeys.latest(symbol, "1m"), kline) == 0) {
                Thread.onSpinWait();
            }
            try (TestSocket socket = opening.get(10, TimeUnit.SECONDS)) {
                socket.await(1);
            }
        }
    }

    @Test
    void subscriptionsComeAndGo() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws")) {
            assertThat(
                            socket.ask(
                                            "{\"method\":\"SUBSCRIBE\",\"params\":[\"gousdt@kline_1m\",\"gousdt@kline_5m\"],\"id\":1}")
                                    .toString())
                    .isEqualTo("{\"result\":null,\"id\":1}");
            publish(candle("GOUSDT", 1, 2, false));
            socket.await(2);
            assertThat(socket.json(1).get("s").asText()).isEqualTo("GOUSDT");
            assertThat(
                            socket.ask(
                                            "{\"method\":\"UNSUBSCRIBE\",\"params\":[\"gousdt@kline_1m\"],\"id\":\"a1\"}")
                                    .toString())
                    .isEqualTo("{\"result\":null,\"id\":\"a1\"}");
            server.stores()
                    .redis
                    .publish("kline:{GOUSDT}:1m", KlineJson.write(candle("GOUSDT", 1, 3, false)));
            assertThat(socket.ask("{\"method\":\"LIST_SUBSCRIPTIONS\",\"id\":null}").toString())
                    .isEqualTo("{\"result\":[\"gousdt@kline_5m\"],\"id\":null}");
            assertThat(socket.messages).hasSize(4);
        }
    }

    @Test
    void symbolsThatAreNotKnownAreNotFollowedUntilTheyAre() throws Exception {
        String names =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "nobody" + i + "@kline_1m")
                        .collect(Collectors.joining("/"));
        try (TestSocket socket = TestSocket.open(server.port(), "/ws/" + names);
                TestSocket known = TestSocket.open(server.port(), "/ws/known@kline_1m")) {
            publish(candle("KNOWN", 1, 2, false));
            known.await(1);
            assertThat(server.stores().redis.pubsubChannels("kline:{NOBODY*")).isEmpty();
            publish(candle("NOBODY7", 1, 2, false));
            socket.await(1);
            assertThat(server.stores().redis.pubsubChannels("kline:{NOBODY*"))
                    .containsExactly("kline:{NOBODY7}:1m");
        }
    }

    @Test
    void timesAreMicrosecondsForWhoWantsThem() throws Exception {
        try (TestSocket socket =
                        TestSocket.open(
                                server.port(), "/ws/microusdt@kline_1m?timeUnit=MICROSECOND");
                TestSocket wrapped =
                        TestSocket.open(
                                server.port(),
                                "/stream?streams=microusdt@kline_1m&timeUnit=microsecond");
                TestSocket usual = TestSocket.open(server.port(), "/ws/microusdt@kline_1m")) {
            publish(candle("MICROUSDT", 1, 2, false));
            for (TestSocket each : List.of(socket, wrapped, usual)) {
                each.await(1);
            }
            assertThat(socket.json(0).at("/k/t").asLong()).isEqualTo(1_767_225_660_000_000L);
            assertThat(socket.json(0).at("/k/T").asLong()).isEqualTo(1_767_225_719_999_999L);
            assertThat(socket.json(0).get("E").asLong()).isGreaterThan(1_767_225_660_000_000L);
            assertThat(wrapped.json(0).at("/data/k/T").asLong()).isEqualTo(1_767_225_719_999_999L);
            assertThat(usual.json(0).at("/k/T").asLong()).isEqualTo(1_767_225_719_999L);
        }
    }

    @Test
    void aThousandClientsGetEveryCandle() throws Exception {
        List<CompletableFuture<TestSocket>> opening = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            opening.add(TestSocket.opening(server.port(), "/ws/many" + i % 10 + "usdt@kline_1m"));
        }
        List<TestSocket> sockets = new ArrayList<>();
        for (CompletableFuture<TestSocket> socket : opening) {
            sockets.add(socket.get(60, TimeUnit.SECONDS));
        }
        for (int n = 1; n <= 20; n++) {
            for (int symbol = 0; symbol < 10; symbol++) {
                publish(candle("MANY" + symbol + "USDT", 1, n, false));
            }
            if (n == 1) {
                // Of a stream that has not begun yet only the newest version goes out.
                for (TestSocket socket : sockets) {
                    socket.await(1);
                }
            }
        }
        for (TestSocket socket : sockets) {
            socket.await(20);
            assertThat(socket.messages).hasSize(20);
        }
        assertThat(server.stores().redis.clientList().lines())
                .filteredOn(line -> line.matches(".* sub=[1-9].*"))
                .hasSize(1);
        sockets.forEach(TestSocket::close);
        Await.until(
                PATIENCE,
                "unsubscribed",
                () -> server.stores().redis.pubsubChannels("kline:{MANY*").isEmpty());
    }

    private static void publish(Candle candle) throws Exception {
        server.stores().redis.sadd(RedisKeys.SYMBOLS, candle.symbol());
        String channel = RedisKeys.latest(candle.symbol(), candle.interval());
        Await.until(
                PATIENCE,
                "subscription",
                () -> server.stores().redis.pubsubNumSub(channel).get(channel) == 1);
        server.stores()
                .redis
                .publish(
                        RedisKeys.latest(candle.symbol(), candle.interval()),
                        KlineJson.write(candle));
    }
}
