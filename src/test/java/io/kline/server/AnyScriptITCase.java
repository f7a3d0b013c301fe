package io.kline.server;

import static io.kline.server.TestStores.FIRST;
import static io.kline.server.TestStores.MINUTE;
import static io.kline.server.TestStores.candle;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Symbols that are not ASCII, from Redis to every interface and the page. */
@Timeout(180)
class AnyScriptITCase {

    private static final String SYMBOL = "币安人生USDT";
    private static final String ENCODED = encoded(SYMBOL);
    private static final String STREAM = "币安人生usdt@kline_1m";
    private static final int CANDLES = 20;

    /** Other pages may read, which must not keep the server's own page from loading. */
    @RegisterExtension static final Chromium chromium = new Chromium();

    @RegisterExtension
    static final TestServer server =
            new TestServer(
                    AnyScriptITCase::filled,
                    usual -> TestServer.settings(usual.query(), "https://chart.example"));

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.empty();
        for (String symbol : List.of(SYMBOL, "ΟΔΟΣ", "12345")) {
            stores.toHistory(
                    IntStream.range(0, CANDLES - 1)
                            .mapToObj(n -> candle(symbol, n, 2, true))
                            .toList());
            stores.toLatest(candle(symbol, CANDLES - 1, 2, false));
            // The page lists what has a day.
            stores.toLatest(TestStores.dayOf(candle(symbol, 0, 2, false)));
        }
        return stores;
    }

    @Test
    void binancesInterfaceTellsIt() throws Exception {
        JsonNode rows = json("/api/v3/klines?interval=1m&limit=5&symbol=" + ENCODED);
        assertThat(rows).hasSize(5);
        assertThat(rows.get(4).get(0).asLong()).isEqualTo(FIRST + (CANDLES - 1) * MINUTE);
        for (String parameter : List.of("symbol=" + ENCODED, "symbols=" + list(SYMBOL))) {
            JsonNode symbols = json("/api/v3/exchangeInfo?" + parameter).get("symbols");
            assertThat(symbols).hasSize(1);
            assertThat(symbols.get(0).get("symbol").asText()).isEqualTo(SYMBOL);
            assertThat(symbols.get(0).get("baseAsset").asText()).isEqualTo("币安人生");
            assertThat(symbols.get(0).get("quoteAsset").asText()).isEqualTo("USDT");
        }
        assertThat(json("/api/v3/exchangeInfo?symbols=" + list(SYMBOL, "12345")).get("symbols"))
                .hasSize(2);
    }

    @Test
    void ownInterfaceTellsItInUtf8() throws Exception {
        HttpResponse<String> klines =
                server.client().get("/api/v1/klines?interval=1m&limit=1&symbol=" + ENCODED);
        assertThat(klines.headers().firstValue("Content-Type"))
                .contains("application/json;charset=utf-8");
        assertThat(klines.body())
                .startsWith("{\"symbol\":\"" + SYMBOL + "\"")
                .contains(KlineJson.write(candle(SYMBOL, CANDLES - 1, 2, false)).replace("}", ""));
        assertThat(server.client().get("/api/v1/klines/latest?interval=1m").body())
                .contains("\"s\":\"" + SYMBOL + "\"", "\"s\":\"12345\"", "\"s\":\"ΟΔΟΣ\"");
    }

    @Test
    void tradingViewFindsIt() throws Exception {
        assertThat(json("/udf/symbols?symbol=" + ENCODED).get("ticker").asText()).isEqualTo(SYMBOL);
        JsonNode found = json("/udf/search?limit=9&type=&exchange=&query=" + encoded("安人生u"));
        assertThat(found).hasSize(1);
        assertThat(found.get(0).get("symbol").asText()).isEqualTo(SYMBOL);
        long from = FIRST / 1_000;
        JsonNode history =
                json(
                        "/udf/history?resolution=1&from=%d&to=%d&symbol=%s"
                                .formatted(from, from + 60 * 60, ENCODED));
        assertThat(history.get("t")).hasSize(CANDLES);
    }

    @Test
    void streamsAreNamedByItsLowerCase() throws Exception {
        for (String path :
                List.of(
                        "/ws/" + encoded(STREAM),
                        "/stream?streams=" + encoded(STREAM),
                        "/stream?streams=12345@kline_5m/" + encoded(STREAM))) {
            try (TestSocket socket = TestSocket.open(server.port(), path)) {
                socket.await(1);
                assertThat(socket.messages.get(0)).as(path).contains("\"s\":\"" + SYMBOL + "\"");
            }
        }
        try (TestSocket socket = TestSocket.open(server.port(), "/stream")) {
            String subscribe = "{\"method\":\"SUBSCRIBE\",\"params\":[\"%s\"],\"id\":1}";
            assertThat(socket.ask(subscribe.formatted(SYMBOL + "@kline_1m")).toString())
                    .contains("Invalid request: invalid stream");
            assertThat(socket.ask(subscribe.formatted(STREAM)).get("result").isNull()).isTrue();
            socket.await(3);
            assertThat(socket.json(2).get("stream").asText()).isEqualTo(STREAM);
            publish(SYMBOL, 7);
            socket.await(4);
            assertThat(socket.json(3).at("/data/k/n").asInt()).isEqualTo(7);
        }
    }

    @Test
    void pageFindsShowsAndFollowsIt() throws Exception {
        try (ChartPage page = chromium.open(address("#12345/1m"), 1400, 800)) {
            awaitSymbol(page, "12345");
            page.page.waitForSelector(".row[data-symbol=" + SYMBOL + "]");
            page.page.keyboard().press("/");
            page.page.keyboard().insertText("安人生u");
            page.page.keyboard().press("Enter");
            awaitSymbol(page, SYMBOL);
            assertThat(page.hash()).isEqualTo("#" + ENCODED + "/1m");
            assertThat(page.count()).isEqualTo(CANDLES);
            assertThat(page.text("#symbol b")).isEqualTo("币安人生");

            publish(SYMBOL, 9);
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().get("n").asInt()).isEqualTo(9));

            page.page.navigate(address("#markets"));
            page.page.click(".row[data-symbol=ΟΔΟΣ] a");
            awaitSymbol(page, "ΟΔΟΣ");
            publish("ΟΔΟΣ", 8);
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().get("n").asInt()).isEqualTo(8));
            page.page.reload();
            awaitSymbol(page, "ΟΔΟΣ");
            assertThat(page.complaints).isEmpty();
        }
    }

    /** Showing another one would be taken for it. */
    @Test
    void pageSaysWhatIsNoSymbol() throws Exception {
        try (ChartPage page = chromium.open(address("#%/1m"), 1400, 800)) {
            for (String name : List.of("%", "%E5%B8", "BTC\u202eUSDT")) {
                page.page.evaluate("(name) => { location.hash = `#${name}/1m`; }", name);
                Await.until(
                        ChartPage.PATIENCE,
                        () ->
                                assertThat(page.text("#empty"))
                                        .isEqualTo(
                                                "There is no symbol %s."
                                                        .formatted(name.replace("\u202e", ""))));
                assertThat(page.text("#status-text")).as(name).isEqualTo("Not found");
            }
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void pageTakesSmallLettersForCapitals() throws Exception {
        try (ChartPage page = chromium.open(address("#币安人生usdt/1m"), 1400, 800)) {
            Await.until(ChartPage.PATIENCE, "candles", () -> page.count() > 0);
            assertThat(page.last().path("s").asText()).isEqualTo("币安人生USDT");
            assertThat(page.complaints).isEmpty();
        }
    }

    private static void awaitSymbol(ChartPage page, String symbol) throws Exception {
        Await.until(
                ChartPage.PATIENCE,
                () -> assertThat(page.last().path("s").asText()).isEqualTo(symbol));
    }

    private static void publish(String symbol, int trades) throws Exception {
        String channel = RedisKeys.latest(symbol, "1m");
        Await.until(
                ChartPage.PATIENCE,
                "subscription",
                () -> server.stores().redis.pubsubNumSub(channel).get(channel) == 1);
        server.stores()
                .redis
                .publish(channel, KlineJson.write(candle(symbol, CANDLES - 1, trades, false)));
    }

    private static String address(String hash) {
        return "http://127.0.0.1:" + server.port() + "/" + hash;
    }

    private static JsonNode json(String path) throws Exception {
        HttpResponse<String> response = server.client().get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new ObjectMapper().readTree(response.body());
    }

    private static String list(String... symbols) {
        return encoded("[\"" + String.join("\",\"", symbols) + "\"]");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
