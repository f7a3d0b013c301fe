package io.kline.server;

import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.model.Candle;
import io.kline.query.QuerySettings;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.tools.stack.EmbeddedRedis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** The rights that {@code docker-compose.yml} gives to the server's Redis user are enough. */
class ReaderRightsITCase {

    private static final String USER = "reader";
    private static final String PASSWORD = "secret";

    @Test
    void candlesAndStreamsAreReadAndNothingCanBeWritten() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary()) {
            redis.start();
            try (CandleStores stores = TestStores.with(redis.address());
                    Jedis reader = new Jedis("127.0.0.1", redis.port())) {
                stores.redis.aclSetUser(USER, rules());
                Candle candle = candle("BTCUSDT", 1, 2, false);
                String key = RedisKeys.latest("BTCUSDT", "1m");
                stores.redis.sadd(RedisKeys.SYMBOLS, "BTCUSDT");
                stores.redis.set(key, KlineJson.write(candle));
                try (KlineServer server =
                                KlineServer.start(
                                        as(
                                                TestServer.settings(stores.settings()),
                                                redis.address()));
                        TestSocket socket =
                                TestSocket.open(server.port(), "/ws/btcusdt@kline_1m")) {
                    TestClient client = new TestClient(server.port());
                    assertThat(client.get("/api/v3/klines?symbol=BTCUSDT&interval=1m").body())
                            .contains("100.01");
                    assertThat(client.get("/api/v3/exchangeInfo").body()).contains("BTCUSDT");
                    assertThat(client.get("/health").body()).contains("\"status\":\"UP\"");
                    socket.await(1);
                    Await.until(
                            Duration.ofSeconds(10),
                            "subscription",
                            () -> stores.redis.pubsubNumSub(key).get(key) == 1);
                    stores.redis.publish(key, KlineJson.write(candle("BTCUSDT", 1, 3, false)));
                    socket.await(2);
                }
                reader.auth(USER, PASSWORD);
                assertThat(reader.get(key)).isNotNull();
                assertThat(catchThrowable(() -> reader.set(key, "")))
                        .hasMessageContaining("NOPERM");
            }
        }
    }

    private static String[] rules() throws Exception {
        return Files.readAllLines(Path.of("docker-compose.yml")).stream()
                .map(String::trim)
                .filter(line -> line.startsWith("user " + USER + " "))
                .map(line -> line.substring(("user " + USER + " ").length()))
                .map(line -> line.replace("$$KLINE_READER_PASSWORD", PASSWORD))
                .findFirst()
                .orElseThrow()
                .split(" ");
    }

    private static ServerSettings as(ServerSettings settings, String node) {
        QuerySettings query = settings.query();
        return settings.with(
                new QuerySettings(
                        new RedisSettings(
                                Mode.SINGLE, List.of(node), null, USER, PASSWORD, false, 10),
                        query.mysql(),
                        query.intervals(),
                        query.offset(),
                        query.timeout(),
                        2,
                        2));
    }
}
