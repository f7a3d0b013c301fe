package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.server.precision.Steps;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrecisionITCase {

    private static final long DAY = 86_400_000;

    /** A price that was fine once, long ago, and rounder ones since. */
    @Test
    void stepsAreLearnedFromDaysAndTheSameAfterEveryStart() throws Exception {
        try (CandleStores stores = TestStores.empty()) {
            List<Candle> days = new ArrayList<>();
            for (int day = 0; day < 40; day++) {
                days.add(
                        CandleBuilder.candle("BTCUSDT", "1d", TestStores.FIRST + day * DAY)
                                .prices(
                                        new BigDecimal(day == 3 ? "90.0250" : "90"),
                                        new BigDecimal("100"),
                                        new BigDecimal("50"),
                                        new BigDecimal("90.5"))
                                .volume(new BigDecimal("12.34000"), new BigDecimal("1000.123456"))
                                .build());
            }
            stores.fill(days, 5);
            for (int start = 0; start < 2; start++) {
                try (KlineServer server =
                        KlineServer.start(TestServer.settings(stores.settings()))) {
                    assertThat(filters(server))
                            .isEqualTo(
                                    "[{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.001\",\"maxPrice\":\"0\",\"tickSize\":\"0.001\"},"
                                            + "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.01\",\"stepSize\":\"0.01\"}]");
                }
            }
        }
    }

    @Test
    void aFinerTradeMakesThemFiner() throws Exception {
        try (CandleStores stores = TestStores.filled();
                KlineServer server =
                        KlineServer.start(
                                TestServer.withTickers(TestServer.settings(stores.settings())))) {
            assertThat(filters(server)).contains("\"tickSize\":\"0.01\"", "\"stepSize\":\"1\"");
            String channel = RedisKeys.latest("BTCUSDT", "1m");
            Await.until(
                    Duration.ofSeconds(60),
                    "the board",
                    () -> stores.redis.pubsubNumSub(channel).get(channel) == 1);
            stores.redis.publish(
                    channel,
                    KlineJson.write(
                            CandleBuilder.like(TestStores.candle(TestStores.CANDLES - 1))
                                    .price("0.00001")
                                    .volume(new BigDecimal("0.5"), BigDecimal.ONE)
                                    .build()));
            Await.until(
                    Duration.ofSeconds(60),
                    "finer steps",
                    () ->
                            filters(server).contains("\"tickSize\":\"0.00001\"")
                                    && filters(server).contains("\"stepSize\":\"0.1\""));
        }
    }

    @Test
    void whatIsConfiguredIsWhatIsTold() throws Exception {
        try (CandleStores stores = TestStores.filled()) {
            ServerSettings usual = TestServer.settings(stores.settings());
            ServerSettings configured =
                    new ServerSettings(
                            usual.host(),
                            usual.port(),
                            usual.quoteAssets(),
                            usual.corsOrigins(),
                            usual.trustedProxies(),
                            usual.metricsPort(),
                            usual.limits(),
                            usual.tickers(),
                            Steps.read(List.of(" BTCUSDT:0.5:0.00025")),
                            usual.query());
            assertThat(configured.steps())
                    .isEqualTo(
                            Map.of(
                                    "BTCUSDT",
                                    new Steps(new BigDecimal("0.5"), new BigDecimal("0.00025"))));
            try (KlineServer server = KlineServer.start(configured)) {
                assertThat(filters(server))
                        .contains("\"tickSize\":\"0.5\"", "\"stepSize\":\"0.00025\"");
            }
        }
    }

    private static String filters(KlineServer server) throws Exception {
        JsonNode info =
                new ObjectMapper()
                        .readTree(
                                new TestClient(server.port())
                                        .get("/api/v3/exchangeInfo?symbol=BTCUSDT")
                                        .body());
        return info.at("/symbols/0/filters").toString();
    }
}
