package io.kline.server;

import static io.kline.server.TestStores.CANDLES;
import static io.kline.server.TestStores.FIRST;
import static io.kline.server.TestStores.MINUTE;
import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.query.QuerySettings;
import io.kline.store.KlineJson;
import io.kline.store.mysql.MysqlLogin;
import io.kline.testing.CandleStores;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RestITCase {

    private static final String UNIT = "X-MBX-TIME-UNIT";

    @RegisterExtension
    static final TestServer server =
            new TestServer(
                    TestStores::filled,
                    usual -> TestServer.settings(usual.query(), "https://chart.example"));

    @Test
    void rowsAreTypedAsBinanceTypesThem() throws Exception {
        JsonNode rows =
                json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + FIRST + "&limit=1");
        assertThat(rows.toString())
                .isEqualTo(
                        "[[1767225600000,\"100\",\"101\",\"99\",\"100\",\"1\",1767225659999,\"100\",2,\"1\",\"100\",\"0\"]]");
    }

    @Test
    void startAloneIsTheOldestFromThereAndEndAloneTheNewestUpToIt() throws Exception {
        JsonNode from = json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + (FIRST + 1));
        assertThat(from).hasSize(500);
        assertThat(from.get(0).get(0).asLong()).isEqualTo(FIRST + MINUTE);
        JsonNode to =
                json(
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=9999&endTime="
                                + (FIRST + 2_000 * MINUTE));
        assertThat(to).hasSize(1000);
        assertThat(to.get(999).get(0).asLong()).isEqualTo(FIRST + 2_000 * MINUTE);
    }

    @Test
    void microsecondsAreTakenAsTimes() throws Exception {
        JsonNode rows =
                json(
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime="
                                + FIRST
                                + "000&endTime="
                                + (FIRST + MINUTE)
                                + "999");
        assertThat(rows).hasSize(2);
    }

    @Test
    void daysAreThoseOfTheTimeZone() throws Exception {
        QuerySettings query = server.settings().query();
        QuerySettings minutesAndDays =
                new QuerySettings(
                        query.redis(),
                        query.mysql(),
                        CandleStores.intervals("1m", "1d"),
                        query.offset(),
                        query.timeout(),
                        2,
                        2);
        try (KlineServer other = KlineServer.start(server.settings().with(minutesAndDays))) {
            assertThat(firstDay(other, "8")).isEqualTo(FIRST - 8 * 60 * MINUTE);
            assertThat(firstDay(other, "-3:30")).isEqualTo(FIRST - (24 * 60 - 210) * MINUTE);
            assertThat(firstDay(other, "%2B05:45")).isEqualTo(FIRST - 345 * MINUTE);
        }
    }

    private static long firstDay(KlineServer of, String timeZone) throws Exception {
        String rows =
                new TestClient(of.port())
                        .get(
                                "/api/v3/klines?symbol=BTCUSDT&interval=1d&startTime="
                                        + (FIRST - 24 * 60 * MINUTE)
                                        + "&timeZone="
                                        + timeZone)
                        .body();
        return new ObjectMapper().readTree(rows).get(0).get(0).asLong();
    }

    @Test
    void hoursAreThoseOfTheTimeZone() throws Exception {
        String twelve =
                "/api/v3/klines?symbol=BTCUSDT&interval=8h&limit=3&startTime="
                        + FIRST
                        + "&timeZone=";
        QuerySettings query = server.settings().query();
        QuerySettings minutesAndHours =
                new QuerySettings(
                        query.redis(),
                        query.mysql(),
                        CandleStores.intervals("1m", "8h"),
                        query.offset(),
                        query.timeout(),
                        2,
                        2);
        try (KlineServer other = KlineServer.start(server.settings().with(minutesAndHours))) {
            TestClient client = new TestClient(other.port());
            JsonNode rows = new ObjectMapper().readTree(client.get(twelve + "4").body());
            assertThat(rows.get(0).get(0).asLong()).isEqualTo(FIRST + 4 * 60 * MINUTE);
            assertThat(rows.get(0).get(6).asLong()).isEqualTo(FIRST + 12 * 60 * MINUTE - 1);
            assertThat(rows.get(1).get(0).asLong()).isEqualTo(FIRST + 12 * 60 * MINUTE);
        }
        JsonNode minutes =
                json(
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=3&timeZone=8&startTime="
                                + FIRST);
        assertThat(minutes).hasSize(3);
        assertThat(minutes.get(0).get(0).asLong()).isEqualTo(FIRST);
    }

    @Test
    void timesAreMicrosecondsForWhoWantsThem() throws Exception {
        String path = "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1&startTime=" + FIRST;
        for (String unit : new String[] {"MICROSECOND", "microsecond"}) {
            JsonNode row =
                    new ObjectMapper()
                            .readTree(server.client().get(path, UNIT, unit).body())
                            .get(0);
            assertThat(row.get(0).asLong()).isEqualTo(FIRST * 1_000);
            assertThat(row.get(6).asLong()).isEqualTo((FIRST + MINUTE) * 1_000 - 1);
        }
        for (String time : new String[] {"/api/v3/time", "/api/v3/exchangeInfo"}) {
            assertThat(server.client().get(time, UNIT, "MICROSECOND").body())
                    .containsPattern("\"serverTime\":\\d{16}\\b");
            assertThat(server.client().get(time, UNIT, "MILLISECOND").body())
                    .containsPattern("\"serverTime\":\\d{13}\\b");
        }
        HttpResponse<String> refused = server.client().get(path, UNIT, "SECOND");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("-1130", UNIT);
    }

    @Test
    void headersAreTheSameWithoutABody() throws Exception {
        for (String path :
                new String[] {
                    "/api/v3/time", "/api/v3/klines?symbol=BTCUSDT&interval=1m", "/openapi.yaml"
                }) {
            HttpResponse<String> head =
                    server.client()
                            .send(
                                    server.client()
                                            .request(path)
                                            .method("HEAD", BodyPublishers.noBody()));
            HttpResponse<String> get = server.client().get(path);
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.headers().firstValue("Content-Type"))
                    .isEqualTo(get.headers().firstValue("Content-Type"));
            assertThat(head.headers().firstValue("Content-Length"))
                    .isEqualTo(get.headers().firstValue("Content-Length"));
        }
        HttpResponse<String> refused =
                server.client()
                        .send(
                                server.client()
                                        .request("/api/v3/klines?symbol=BTCUSDT")
                                        .method("HEAD", BodyPublishers.noBody()));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
    }

    @Test
    void exchangeInfoTellsWhatIsKnown() throws Exception {
        JsonNode info = json("/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22%5D");
        assertThat(info.at("/rateLimits/0/limit").asInt()).isEqualTo(1_000_000);
        assertThat(info.get("symbols")).hasSize(1);
        JsonNode symbol = info.get("symbols").get(0);
        assertThat(symbol.get("status").asText()).isEqualTo("TRADING");
        assertThat(symbol.get("baseAsset").asText()).isEqualTo("BTC");
        assertThat(symbol.get("quoteAsset").asText()).isEqualTo("USDT");
        assertThat(symbol.get("permissionSets").toString()).isEqualTo("[[\"SPOT\"]]");
        assertThat(json("/api/v3/exchangeInfo?permissions=SPOT").get("symbols")).hasSize(1);
        assertThat(json("/api/v3/exchangeInfo?permissions=MARGIN").get("symbols")).isEmpty();
        assertThat(json("/api/v3/exchangeInfo?symbolStatus=HALT").get("symbols")).isEmpty();
    }

    @Test
    void latestTellsWholeKlines() throws Exception {
        HttpResponse<String> response = server.client().get("/api/v1/klines/latest?interval=1m");
        assertThat(response.body())
                .isEqualTo(
                        "{\"interval\":\"1m\",\"missing\":[],\"klines\":["
                                + KlineJson.write(candle(CANDLES - 1))
                                + "]}");
        assertThat(response.headers().firstValue("X-Kline-Missing")).isEmpty();
    }

    @Test
    void emptyCandlesCanBeLeftOut() throws Exception {
        String path = "/api/v1/klines?symbol=BTCUSDT&interval=1m&limit=7&startTime=" + FIRST;
        assertThat(json(path).get("klines")).hasSize(7);
        assertThat(json(path + "&empty=false").get("klines")).hasSize(6);
        assertThat(json(path).at("/klines/3/n").asInt()).isZero();
    }

    @Test
    void correctionsComeFromTheLedger() throws Exception {
        assertThat(server.client().get("/api/v1/corrections?symbol=BTCUSDT").body())
                .isEqualTo("{\"corrections\":[]}");
    }

    @Test
    void whatAStoreDoesNotAnswerIsSaid() throws Exception {
        ServerSettings usual = server.settings();
        QuerySettings query = usual.query();
        QuerySettings withoutMysql =
                new QuerySettings(
                        query.redis(),
                        new MysqlLogin("jdbc:mysql://127.0.0.1:1/kline", "none", null),
                        query.intervals(),
                        query.offset(),
                        Duration.ofSeconds(1),
                        1,
                        1);
        ServerSettings settings = usual.with(withoutMysql);
        try (KlineServer other = KlineServer.start(settings)) {
            TestClient half = new TestClient(other.port());
            HttpResponse<String> newest =
                    half.get("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=10");
            assertThat(newest.statusCode()).isEqualTo(200);
            HttpResponse<String> all =
                    half.get("/api/v1/klines?symbol=BTCUSDT&interval=1m&startTime=0");
            assertThat(all.statusCode()).isEqualTo(200);
            assertThat(all.headers().firstValue("X-Kline-Missing")).contains("MYSQL");
            assertThat(all.body()).contains("\"missing\":[\"MYSQL\"]");
            HttpResponse<String> ledger = half.get("/api/v1/corrections?symbol=BTCUSDT");
            assertThat(ledger.statusCode()).isEqualTo(503);
            assertThat(ledger.body()).contains("-1001", "[MYSQL]").doesNotContain("127.0.0.1");
            assertThat(half.get("/health").body()).contains("\"status\":\"PARTIAL\"");
            assertThat(half.get("/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void otherPagesReadOnlyIfTheyAreNamed() throws Exception {
        assertThat(allowed("https://chart.example")).contains("https://chart.example");
        assertThat(allowed("https://evil.example")).isEmpty();
        HttpHeaders headers = server.client().get("/api/v3/time").headers();
        assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';");
        assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(headers.firstValue("Server")).isEmpty();
    }

    private static Optional<String> allowed(String origin) throws Exception {
        return server.client()
                .get("/api/v3/time", "Origin", origin)
                .headers()
                .firstValue("Access-Control-Allow-Origin");
    }

    private static JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(server.client().get(path).body());
    }
}
