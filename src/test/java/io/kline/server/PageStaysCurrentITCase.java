package io.kline.server;

import static io.kline.server.TestStores.CANDLES;
import static io.kline.server.TestStores.SYMBOL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What the chart page shows stays what the server knows, and the page says when it may not be.
 * Answers and messages of a real server are changed on their way to a real browser.
 */
@Timeout(180)
class PageStaysCurrentITCase {

    private static final String OTHER = "ETHUSDT";
    private static final int OTHER_CANDLES = 300;
    private static final String HOLE = "HOLEUSDT";
    private static final int BEFORE_HOLE = 10;

    private static final String KLINES = "**/api/v1/klines?*";

    /** Reads again a hundred times as often. */
    private static final String HURRY =
            "const set = window.setInterval;"
                    + " window.setInterval = (act, ms) => set(act, ms >= 5000 ? ms / 100 : ms);";

    private static final String AS_IT_IS = "";

    /** How many candles are marked as behind a gap. */
    private static final String GAPS =
            "document.querySelector('kline-chart').marks"
                    + ".filter(({ kind }) => kind === 'gap').length";

    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final TestServer server = new TestServer(PageStaysCurrentITCase::filled);

    @RegisterExtension static final Chromium chromium = new Chromium();

    @Test
    void aCandleFillsTheHoleBeforeTheNewest() throws Exception {
        AtomicReference<WebSocketRoute> stream = new AtomicReference<>();
        try (ChartPage page = blank(stream, AS_IT_IS)) {
            page.page.navigate(address(HOLE + "/1m"));
            page.await("live");
            assertThat(page.count()).isEqualTo(BEFORE_HOLE + 1);
            assertThat(page.page.evaluate(GAPS)).isEqualTo(1);
            send(stream.get(), "correction", TestStores.candle(HOLE, BEFORE_HOLE, 2, true));
            Await.until(
                    ChartPage.PATIENCE, () -> assertThat(page.drawn()).hasSize(BEFORE_HOLE + 2));
            assertThat(page.page.evaluate(GAPS)).isEqualTo(0);
            send(stream.get(), "kline", TestStores.candle(HOLE, BEFORE_HOLE + 1, 7, false));
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().get("n").asInt()).isEqualTo(7));
            assertThat(page.drawn()).hasSize(BEFORE_HOLE + 2);
            assertThat(page.complaints).isEmpty();
        }
    }

    /** The sockets stay open then, and silent. MySQL has not got the newest candles. */
    @Test
    void withoutRedisThePageIsStaleAndLosesNothing() throws Exception {
        AtomicBoolean isAway = new AtomicBoolean();
        AtomicReference<WebSocketRoute> stream = new AtomicReference<>();
        try (ChartPage page = blank(stream, HURRY)) {
            page.page.route(
                    KLINES,
                    route ->
                            change(
                                    route,
                                    answer -> {
                                        if (isAway.get()) {
                                            answer.putArray("missing").add("REDIS");
                                            ArrayNode klines = (ArrayNode) answer.get("klines");
                                            for (int i = 0; i < 5 && !klines.isEmpty(); i++) {
                                                klines.remove(klines.size() - 1);
                                            }
                                        }
                                    }));
            page.page.navigate(address(SYMBOL + "/1m"));
            page.await("live");
            String newest = page.last().get("t").asText();
            isAway.set(true);
            stream.get().close();
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.text("#status-text")).isEqualTo("Redis away"));
            assertThat(page.state()).isEqualTo("stale");
            assertThat(page.last().get("t").asText()).isEqualTo(newest);
            isAway.set(false);
            Await.until(
                    Duration.ofSeconds(40),
                    () -> {
                        assertThat(page.text("#status-text")).isEqualTo("Live");
                        assertThat(page.page.isHidden("#trouble")).isTrue();
                    });
            assertThat(page.last().get("t").asText()).isEqualTo(newest);
        }
    }

    /** The list alone has no candles to read again. */
    @Test
    void withoutRedisTheListIsStale() throws Exception {
        AtomicBoolean isAway = new AtomicBoolean();
        try (ChartPage page = chromium.open(address("markets"), HURRY)) {
            page.await("live");
            page.page.route(
                    "**/health",
                    route ->
                            route.fulfill(
                                    new Route.FulfillOptions()
                                            .setBody("{\"live\":" + !isAway.get() + "}")));
            isAway.set(true);
            page.await("stale");
            assertThat(page.text("#status-text")).isEqualTo("Redis away");
            isAway.set(false);
            page.await("live");
            isAway.set(true);
            page.await("stale");
            page.page.click(".row[data-symbol=" + OTHER + "] a");
            page.await("live");
            assertThat(page.count()).isEqualTo(OTHER_CANDLES);
        }
    }

    @Test
    void whatLackedBehindACorrectionIsReadOnceMore() throws Exception {
        int behind = 500;
        long corrected = TestStores.FIRST + (CANDLES - behind) * TestStores.MINUTE;
        List<String> reads = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.open("about:blank", HURRY)) {
            page.page.route(
                    "**/api/v1/corrections?*",
                    route ->
                            route.fulfill(
                                    new Route.FulfillOptions()
                                            .setBody(
                                                    "{\"corrections\":[{\"openTime\":%d,\"tradeId\":1}]}"
                                                            .formatted(corrected))));
            page.page.route(
                    "**/api/v1/klines?*startTime=" + corrected + "*",
                    route ->
                            change(
                                    route,
                                    answer -> {
                                        reads.add(route.request().url());
                                        if (reads.size() == 1) {
                                            answer.putArray("missing").add("REDIS");
                                        } else {
                                            ((ObjectNode) answer.get("klines").get(0))
                                                    .put("h", "999")
                                                    .put("n", 77);
                                        }
                                    }));
            page.page.navigate(address(SYMBOL + "/1m"));
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        JsonNode drawn = page.drawn();
                        assertThat(drawn.path(drawn.size() - behind).path(1).asInt())
                                .isEqualTo(999);
                    });
            int whole = reads.size();
            page.page.waitForTimeout(1_000);
            assertThat(reads).hasSize(whole);
        }
    }

    @Test
    void whatIsSaidOfAComparisonEndsWithIt() throws Exception {
        AtomicBoolean isUnknown = new AtomicBoolean(true);
        AtomicReference<WebSocketRoute> stream = new AtomicReference<>();
        try (ChartPage page = blank(stream, AS_IT_IS)) {
            page.page.route(
                    "**/api/v1/klines?*symbol=" + OTHER + "*", route -> unknown(route, isUnknown));
            page.page.navigate(address(SYMBOL + "/1m/vs:" + OTHER));
            awaitTrouble(page, "There is no symbol " + OTHER + " to compare with.");
            isUnknown.set(false);
            stream.get().close();
            awaitTrouble(page, "");
            page.page.evaluate("location.hash = '#" + SYMBOL + "/1m/vs:NOSUCH'");
            awaitTrouble(page, "There is no symbol NOSUCH to compare with.");
            page.page.click("#compare");
            awaitTrouble(page, "");
        }
    }

    @Test
    void anOutageQueuesNothingThatNobodyWaitsFor() throws Exception {
        AtomicBoolean isAway = new AtomicBoolean(true);
        List<String> reads = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.open(address(SYMBOL + "/1m"), HURRY)) {
            page.await("live");
            page.page.route(
                    "**/api/**",
                    route -> {
                        if (isAway.get()) {
                            route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}"));
                        } else {
                            route.resume();
                        }
                    });
            // Some forty times what is read again while a reader looks.
            page.page.waitForTimeout(2_000);
            page.page.onRequest(
                    request -> {
                        if (request.url().contains("/api/v1/klines?")) {
                            reads.add(request.url());
                        }
                    });
            isAway.set(false);
            page.page.click("#status");
            page.page.waitForTimeout(500);
            assertThat(reads).hasSizeLessThan(8);
            page.await("live");
        }
    }

    @Test
    void aDateThatIsNotMeantReadsNothing() throws Exception {
        try (ChartPage page = chromium.open(address(SYMBOL + "/1m"), 1400, 800)) {
            page.await("live");
            int count = page.count();
            for (String typed : List.of("0002-01-01", "0020-01-01", "0225-01-01")) {
                page.page.fill("#date", typed);
            }
            page.page.waitForTimeout(500);
            assertThat(page.count()).isEqualTo(count);
            page.page.fill("#date", "2030-01-01");
            page.page.waitForTimeout(500);
            assertThat(page.visible().size()).isGreaterThan(50);
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void aRangeIsOfOneSymbol() throws Exception {
        List<Route> held = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.open(address(SYMBOL + "/1m"), 1400, 800)) {
            page.await("live");
            page.page.route("**/api/v1/klines?*symbol=" + SYMBOL + "*endTime*", held::add);
            page.page.fill("#date", "2026-01-01");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        page.page.waitForTimeout(50);
                        assertThat(held).isNotEmpty();
                    });
            page.page.evaluate("location.hash = '#" + OTHER + "/1m'");
            Await.until(
                    ChartPage.PATIENCE, () -> assertThat(page.count()).isEqualTo(OTHER_CANDLES));
            page.page.waitForTimeout(500);
            JsonNode visible = page.visible();
            assertThat(visible.get(visible.size() - 1)).isEqualTo(page.last());
        }
    }

    @Test
    void aStoreThatIsBackIsNotBlamedAnyMore() throws Exception {
        AtomicBoolean isAway = new AtomicBoolean(true);
        try (ChartPage page = chromium.open("about:blank", HURRY)) {
            page.page.route(
                    KLINES,
                    route ->
                            change(
                                    route,
                                    answer -> {
                                        if (isAway.get()
                                                && route.request().url().contains("endTime")) {
                                            answer.putArray("missing").add("MYSQL");
                                            answer.putArray("klines");
                                        }
                                    }));
            page.page.navigate(address(SYMBOL + "/1m"));
            page.await("live");
            page.press("Home");
            page.page.waitForSelector("#trouble >> visible=true");
            isAway.set(false);
            Await.until(
                    Duration.ofSeconds(40),
                    () -> assertThat(page.page.isHidden("#trouble")).isTrue());
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        page.press("Home");
                        assertThat(page.count()).isEqualTo(CANDLES);
                    });
        }
    }

    /** What messages do not say is read again, and drawn. */
    @Test
    void whatIsReadAgainIsDrawn() throws Exception {
        try (ChartPage page = chromium.open(address(SYMBOL + "/1m"), HURRY)) {
            page.await("live");
            page.page.route(
                    "**/api/v1/klines?*startTime*",
                    route ->
                            change(
                                    route,
                                    answer -> {
                                        JsonNode klines = answer.get("klines");
                                        if (klines.size() > 10) {
                                            ObjectNode kline =
                                                    (ObjectNode) klines.get(klines.size() - 10);
                                            kline.put("h", "999");
                                            kline.put("n", 77);
                                        }
                                    }));
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        JsonNode drawn = page.drawn();
                        assertThat(drawn.get(drawn.size() - 10).get(1).asInt()).isEqualTo(999);
                    });
        }
    }

    @Test
    void aLineThatTheServerRefusesIsNotAskedForAgain() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.openWithClock("about:blank")) {
            page.page.route(
                    "**/api/v1/klines?*interval=15m*",
                    route -> {
                        asked.add(route.request().url());
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setStatus(400)
                                        .setBody("{\"code\":-1100,\"msg\":\"no\"}"));
                    });
            page.page.navigate(address(SYMBOL + "/1m"));
            page.await("live");
            page.pass(6_000);
            assertThat(asked).isNotEmpty().doesNotHaveDuplicates();
        }
    }

    @Test
    void tickersNeverGoBackAndAskOnceWhatTheyName() throws Exception {
        AtomicReference<WebSocketRoute> stream = new AtomicReference<>();
        List<String> asked = new CopyOnWriteArrayList<>();
        try (ChartPage page = blank(stream, AS_IT_IS)) {
            page.page.navigate(address(SYMBOL + "/1m"));
            page.await("live");
            page.page.waitForSelector(".row[data-symbol=" + OTHER + "]");
            page.page.onRequest(
                    request -> {
                        if (request.url().contains("exchangeInfo")) {
                            asked.add(request.url());
                        }
                    });
            long now = System.currentTimeMillis();
            String last = ".row[data-symbol=" + OTHER + "] .last";
            stream.get().send(ticker(OTHER, now, "150.5"));
            Await.until(ChartPage.PATIENCE, () -> assertThat(page.text(last)).isEqualTo("150.5"));
            stream.get().send(ticker(OTHER, now - 5_000, "140.5"));
            for (int i = 1; i <= 10; i++) {
                stream.get().send(ticker("NEWUSDT", now + i, "1"));
                page.page.waitForTimeout(100);
            }
            assertThat(page.text(last)).isEqualTo("150.5");
            assertThat(asked).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void aSymbolThatIsFoundAfterAllIsLive() throws Exception {
        AtomicBoolean isUnknown = new AtomicBoolean(true);
        List<String> asked = new CopyOnWriteArrayList<>();
        AtomicReference<WebSocketRoute> stream = new AtomicReference<>();
        try (ChartPage page = blank(stream, AS_IT_IS)) {
            page.page.route(
                    KLINES,
                    route -> {
                        asked.add(route.request().url());
                        unknown(route, isUnknown);
                    });
            page.page.navigate(address(OTHER + "/1m"));
            // The list, too, asks for it again when it comes.
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        page.page.waitForTimeout(50);
                        assertThat(asked)
                                .filteredOn(url -> url.contains("interval=1m"))
                                .hasSizeGreaterThan(1);
                    });
            page.await("notfound");
            isUnknown.set(false);
            stream.get().close();
            page.await("live");
            assertThat(page.count()).isEqualTo(OTHER_CANDLES);
        }
    }

    private static void awaitTrouble(ChartPage page, String text) throws Exception {
        Await.until(ChartPage.PATIENCE, () -> assertThat(page.text("#trouble")).isEqualTo(text));
    }

    private static void unknown(Route route, AtomicBoolean isUnknown) {
        if (isUnknown.get()) {
            route.fulfill(
                    new Route.FulfillOptions()
                            .setStatus(400)
                            .setBody("{\"code\":-1121,\"msg\":\"Invalid symbol.\"}"));
        } else {
            route.resume();
        }
    }

    /** A window whose stream the test has a hand in, before it has an address. */
    private static ChartPage blank(AtomicReference<WebSocketRoute> stream, String script) {
        ChartPage page = chromium.open("about:blank", script);
        page.page.routeWebSocket(
                Pattern.compile(".*/ws$"),
                route -> {
                    route.connectToServer();
                    stream.set(route);
                });
        return page;
    }

    private static void send(WebSocketRoute stream, String event, Candle candle) {
        stream.send(
                "{\"e\":\"%s\",\"E\":%d,\"s\":\"%s\",\"k\":%s}"
                        .formatted(
                                event,
                                System.currentTimeMillis(),
                                candle.symbol(),
                                KlineJson.write(candle)));
    }

    private static String ticker(String symbol, long time, String price) {
        return ("[{\"e\":\"24hrMiniTicker\",\"E\":%d,\"s\":\"%s\",\"c\":\"%s\",\"o\":\"100.5\","
                        + "\"h\":\"200.5\",\"l\":\"1\",\"v\":\"3\",\"q\":\"300\"}]")
                .formatted(time, symbol, price);
    }

    private static void change(Route route, Consumer<ObjectNode> change) {
        try {
            APIResponse response = route.fetch();
            JsonNode answer = JSON.readTree(response.text());
            if (answer.has("klines")) {
                change.accept((ObjectNode) answer);
            }
            route.fulfill(
                    new Route.FulfillOptions().setResponse(response).setBody(answer.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.filled();
        stores.fill(candles(OTHER, OTHER_CANDLES), OTHER_CANDLES);
        List<Candle> before = candles(HOLE, BEFORE_HOLE + 1).subList(0, BEFORE_HOLE);
        stores.toMysql(before);
        stores.toHistory(before);
        stores.toLatest(TestStores.candle(HOLE, BEFORE_HOLE + 1, 2, false));
        for (String symbol : List.of(SYMBOL, OTHER, HOLE)) {
            // The page lists what has a day.
            stores.toLatest(TestStores.dayOf(TestStores.candle(symbol, 0, 2, false)));
        }
        return stores;
    }

    private static List<Candle> candles(String symbol, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> TestStores.candle(symbol, n, 2, n < count - 1))
                .toList();
    }

    private static String address(String hash) {
        return "http://127.0.0.1:" + server.port() + "/#" + hash;
    }
}
