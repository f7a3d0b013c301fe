package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Candles are published in the order of a busy symbol: the next one first, then the closed one. */
@Timeout(60)
class StreamOrderITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @RegisterExtension static final TestServer server = new TestServer(TestStores::filled);

    @Test
    void theCloseComesFirst() throws Exception {
        try (TestSocket socket = open("ORDERUSDT")) {
            publish(candle("ORDERUSDT", 1, 5, false));
            // Of a stream that has not begun yet only the newest version goes out.
            socket.await(1);
            for (int n = 2; n < 30; n++) {
                publish(candle("ORDERUSDT", n, 1, false));
                publish(candle("ORDERUSDT", n, 2, false));
                publish(candle("ORDERUSDT", n - 1, 5, true));
                publish(candle("ORDERUSDT", n, 5, false));
            }
            socket.await(1 + 28 * 3);
            assertThat(klines(socket).subList(0, 7))
                    .containsExactly(
                            "1767225660000 5 false",
                            "1767225660000 5 true",
                            "1767225720000 2 false",
                            "1767225720000 5 false",
                            "1767225720000 5 true",
                            "1767225780000 2 false",
                            "1767225780000 5 false");
            assertThat(socket.messages).hasSize(1 + 28 * 3);
        }
    }

    @Test
    void whatIsNewerWaitsTwoSecondsAndTheLateCloseIsACorrection() throws Exception {
        try (TestSocket socket = open("LATEUSDT");
                TestSocket corrections =
                        TestSocket.open(server.port(), "/ws/lateusdt@correction_1m")) {
            publish(candle("LATEUSDT", 1, 5, false));
            socket.await(1);
            long begin = System.nanoTime();
            publish(candle("LATEUSDT", 2, 1, false));
            socket.await(2);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(1_900));
            publish(candle("LATEUSDT", 1, 5, true));
            corrections.await(1);
            assertThat(corrections.json(0).get("e").asText()).isEqualTo("correction");
            publish(candle("LATEUSDT", 2, 2, true));
            socket.await(3);
            assertThat(klines(socket))
                    .containsExactly(
                            "1767225660000 5 false",
                            "1767225720000 1 false",
                            "1767225720000 2 true");
            assertThat(klines(corrections)).containsExactly("1767225660000 5 true");
        }
    }

    @Test
    void aNewClientBeginsWithWhatTheOthersHave() throws Exception {
        try (TestSocket first = open("JOINUSDT")) {
            publish(candle("JOINUSDT", 1, 5, false));
            first.await(1);
            publish(candle("JOINUSDT", 2, 1, false));
            try (TestSocket second = TestSocket.open(server.port(), "/ws/joinusdt@kline_1m")) {
                second.await(1);
                publish(candle("JOINUSDT", 1, 5, true));
                first.await(3);
                second.await(3);
                assertThat(klines(second)).isEqualTo(klines(first));
            }
        }
    }

    private static TestSocket open(String symbol) throws Exception {
        server.stores().redis.sadd(RedisKeys.SYMBOLS, symbol);
        return TestSocket.open(
                server.port(), "/ws/" + symbol.toLowerCase(Locale.ROOT) + "@kline_1m");
    }

    /** Open time, number of trades and whether it is closed, of each message. */
    private static List<String> klines(TestSocket socket) {
        return socket.messages.stream()
                .map(
                        text ->
                                text.replaceAll(
                                        ".*\"t\":(\\d+).*\"n\":(\\d+),\"x\":(\\w+).*", "$1 $2 $3"))
                .toList();
    }

    private static void publish(Candle candle) throws Exception {
        String channel = RedisKeys.latest(candle.symbol(), candle.interval());
        Await.until(
                PATIENCE,
                "subscription",
                () -> server.stores().redis.pubsubNumSub(channel).get(channel) == 1);
        server.stores().redis.publish(channel, KlineJson.write(candle));
    }
}
