package io.kline.server;

import static io.kline.server.TradedStores.BTC;
import static io.kline.server.TradedStores.DAY;
import static io.kline.server.TradedStores.ETH;
import static io.kline.server.TradedStores.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Interval;
import io.kline.server.TradedStores.Figures;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Intervals;
import io.kline.server.api.Parameters;
import io.kline.testing.Await;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tickers equal sums of single trades. */
class TickerITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String UNIT = "X-MBX-TIME-UNIT";

    private static final TradedStores traded = new TradedStores();

    @RegisterExtension
    static final TestServer server = new TestServer(traded::fill, TestServer::withTickers);

    @BeforeAll
    static void untilAllSymbolsAreOnTheBoard() throws Exception {
        Await.until(PATIENCE, "all tickers", () -> json("/api/v3/ticker/24hr").size() == 2);
    }

    @Test
    void aDayIsTheSumOfItsTrades() throws Exception {
        JsonNode one = json("/api/v3/ticker/24hr?symbol=BTCUSDT");
        long close = one.get("closeTime").asLong();
        long open = one.get("openTime").asLong();
        assertThat(close)
                .isBetween(System.currentTimeMillis() - MINUTE, System.currentTimeMillis());
        assertThat(open).isEqualTo(close / MINUTE * MINUTE - DAY);
        Figures figures = traded.figures(BTC, open);
        assertThat(figures.count).isGreaterThan(100);
        assertThat(one.toString()).isEqualTo(figures.json(BTC, open, close));
    }

    @Test
    void manyAndAllAreArrays() throws Exception {
        JsonNode two =
                json("/api/v3/ticker/24hr?type=MINI&symbols=%5B%22ETHUSDT%22,%22BTCUSDT%22%5D");
        assertThat(two).hasSize(2);
        long open = two.get(0).get("openTime").asLong();
        assertThat(two.get(0).toString())
                .isEqualTo(
                        "{\"symbol\":\"ETHUSDT\","
                                + traded.figures(ETH, open)
                                        .mini(open, two.get(0).get("closeTime").asLong()));
        for (JsonNode each : json("/api/v3/ticker/24hr")) {
            String symbol = each.get("symbol").asText();
            open = each.get("openTime").asLong();
            assertThat(each.toString())
                    .isEqualTo(
                            traded.figures(symbol, open)
                                    .json(symbol, open, each.get("closeTime").asLong()));
        }
        assertThat(json("/api/v3/ticker/24hr?symbolStatus=HALT")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1m,1", "2m,2", "59m,59", "1h,60", "23h,1380", "1d,1440", "2d,2880", "7d,10080"})
    void aWindowIsTheSumOfItsTrades(String size, long minutes) throws Exception {
        JsonNode one = json("/api/v3/ticker?symbol=BTCUSDT&windowSize=" + size);
        long close = one.get("closeTime").asLong();
        long open = one.get("openTime").asLong();
        assertThat(open).isEqualTo((close / MINUTE - minutes) * MINUTE);
        assertThat(one.toString()).isEqualTo(traded.figures(BTC, open).json(BTC, open, close));
    }

    @ParameterizedTest
    @CsvSource({"0,0", "8,480", "-3,-180", "05:45,345", "-12:00,-720"})
    void aTradingDayBeginsAtMidnightOfItsZone(String zone, int minutes) throws Exception {
        JsonNode one = json("/api/v3/ticker/tradingDay?symbol=ETHUSDT&timeZone=" + zone);
        Interval day = new Interval(1, Interval.Unit.DAY, ZoneOffset.ofTotalSeconds(60 * minutes));
        long open = day.openOf(System.currentTimeMillis());
        assertThat(one.toString())
                .isEqualTo(traded.figures(ETH, open).json(ETH, open, open + DAY - 1));
    }

    @Test
    void pricesAreThoseOfTheLastTrades() throws Exception {
        String btc = TradedStores.plain(traded.figures(BTC, 0).last);
        String eth = TradedStores.plain(traded.figures(ETH, 0).last);
        assertThat(json("/api/v3/ticker/price?symbol=BTCUSDT").toString())
                .isEqualTo("{\"symbol\":\"BTCUSDT\",\"price\":\"" + btc + "\"}");
        assertThat(json("/api/v3/ticker/price").toString())
                .isEqualTo(
                        "[{\"symbol\":\"BTCUSDT\",\"price\":\"%s\"},{\"symbol\":\"ETHUSDT\",\"price\":\"%s\"}]"
                                .formatted(btc, eth));
    }

    @Test
    void theAverageIsOfFiveMinutes() throws Exception {
        JsonNode average = json("/api/v3/avgPrice?symbol=BTCUSDT");
        long from = System.currentTimeMillis() / MINUTE * MINUTE - 5 * MINUTE;
        assertThat(average.get("mins").asInt()).isEqualTo(5);
        assertThat(average.get("price").asText()).isEqualTo(traded.figures(BTC, from).average());
        assertThat(average.get("closeTime").asLong()).isEqualTo(traded.figures(BTC, 0).lastTime);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1121 | ticker/24hr?symbol=NOSUCH",
                "-1121 | ticker/price?symbols=%5B%22NOSUCH%22%5D",
                "-1128 | ticker/24hr?symbol=BTCUSDT&symbols=%5B%22ETHUSDT%22%5D",
                "-1139 | ticker/24hr?type=HUGE",
                "-1122 | ticker/24hr?symbolStatus=OPEN",
                "-1220 | ticker/24hr?symbol=BTCUSDT&symbolStatus=BREAK",
                "-1151 | ticker?symbols=%5B%22BTCUSDT%22,%22BTCUSDT%22%5D",
                "-1102 | ticker",
                "-1102 | ticker/tradingDay?type=MINI",
                "-1130 | ticker?symbol=BTCUSDT&windowSize=60m",
                "-1130 | ticker?symbol=BTCUSDT&windowSize=8d",
                "-1130 | ticker?symbol=BTCUSDT&windowSize=1d2h",
                "-1130 | ticker/tradingDay?symbol=BTCUSDT&timeZone=99",
                "-1104 | ticker/price?symbol=BTCUSDT&type=MINI",
                "-1102 | avgPrice",
                "-1121 | avgPrice?symbol=NOSUCH",
            })
    void whatIsWrongIsRefused(int code, String path) throws Exception {
        HttpResponse<String> response = server.client().get("/api/v3/" + path);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).get("code").asInt()).isEqualTo(code);
    }

    @Test
    void timesAreMicrosecondsForWhoWantsThem() throws Exception {
        for (String path :
                List.of(
                        "ticker/24hr?symbol=BTCUSDT",
                        "ticker/tradingDay?symbol=BTCUSDT",
                        "ticker?symbol=BTCUSDT",
                        "avgPrice?symbol=BTCUSDT")) {
            assertThat(server.client().get("/api/v3/" + path, UNIT, "MICROSECOND").body())
                    .as(path)
                    .containsPattern("\"closeTime\":\\d{16}\\b");
            assertThat(server.client().get("/api/v3/" + path).body())
                    .as(path)
                    .containsPattern("\"closeTime\":\\d{13}\\b");
        }
        assertThat(server.client().get("/api/v3/ticker/24hr", UNIT, "MICROSECOND").body())
                .containsPattern("\"openTime\":\\d{16}\\b");
        assertThat(server.client().get("/api/v3/ticker/24hr").body())
                .containsPattern("\"openTime\":\\d{13}\\b");
    }

    @Test
    void weightsAreThoseOfBinance() throws Exception {
        try (KlineServer other = KlineServer.start(server.settings())) {
            assertThat(weight(other, "ticker/24hr", 0)).isEqualTo(80);
            assertThat(weight(other, "ticker/24hr", 20)).isEqualTo(2);
            assertThat(weight(other, "ticker/24hr", 21)).isEqualTo(40);
            assertThat(weight(other, "ticker/24hr", 101)).isEqualTo(80);
            assertThat(weight(other, "ticker/price", 1)).isEqualTo(4);
            assertThat(weight(other, "ticker", 3)).isEqualTo(12);
            assertThat(weight(other, "ticker/tradingDay", 80)).isEqualTo(200);
        }
    }

    /** Nothing is kept, so each symbol is read, and there is no list of all. */
    @Test
    void withoutTheBoardEachSymbolIsRead() throws Exception {
        try (KlineServer other = KlineServer.start(server.settings())) {
            TestClient client = new TestClient(other.port());
            JsonNode one = JSON.readTree(client.get("/api/v3/ticker/24hr?symbol=BTCUSDT").body());
            long open = one.get("openTime").asLong();
            assertThat(one.toString())
                    .isEqualTo(
                            traded.figures(BTC, open)
                                    .json(BTC, open, one.get("closeTime").asLong()));
            assertThat(client.get("/api/v3/ticker/price").body()).contains(BTC, ETH);
            assertThat(client.get("/api/v3/ticker/24hr").statusCode()).isEqualTo(405);
        }
    }

    private static int weight(KlineServer of, String path, int symbols) {
        Map<String, List<String>> sent =
                symbols == 0
                        ? Map.of()
                        : Map.of("symbols", List.of("[\"A\"" + ",\"A\"".repeat(symbols - 1) + "]"));
        Endpoint endpoint =
                of.endpoints().stream()
                        .filter(each -> each.path().equals("/api/v3/" + path))
                        .findFirst()
                        .orElseThrow();
        Parameters parameters =
                Parameters.of(
                        sent,
                        endpoint.parameters(),
                        new Intervals(server.settings().query().intervals()));
        return endpoint.weight() + endpoint.surcharge().applyAsInt(parameters);
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> response = server.client().get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Kline-Missing")).isEmpty();
        return JSON.readTree(response.body());
    }
}
