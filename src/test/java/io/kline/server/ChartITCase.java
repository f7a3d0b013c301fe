package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.JSHandle;
import com.microsoft.playwright.Mouse;
import io.kline.config.KlineOptions;
import io.kline.model.Trade;
import io.kline.query.QuerySettings;
import io.kline.store.mysql.MysqlLogin;
import io.kline.testing.Await;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart page in a real browser, on a real server over what the real jobs made of trades. A
 * watching window stays open all the time: the two things that take long happen in it.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(300)
class ChartITCase {

    private static final String SYMBOL = "BTCUSDT";
    private static final String OTHER = "ETHUSDT";
    private static final long MINUTE = 60_000;

    /** Minutes of the past, two trades in each: more than three pages, and than Redis holds. */
    private static final int MINUTES = 3_300;

    /** Open times of candles that are marked as corrected. */
    private static final String CORRECTED =
            "document.querySelector('kline-chart').marks"
                    + ".filter(({ kind }) => kind === 'corrected').map(({ time }) => time)";

    private static final Duration STORE_TIMEOUT = Duration.ofSeconds(5);

    @RegisterExtension static final Chromium chromium = new Chromium();

    @TempDir static Path folder;

    private static RunningJobs jobs;
    private static KlineServer server;
    private static ChartPage watching;
    private static JSHandle boundary;
    private static long firstMinute;
    private static long nextId;

    @BeforeAll
    static void start() throws Exception {
        jobs = RunningJobs.start(RunningJobs.Stores.shared(), folder);
        try (var redis = jobs.redis()) {
            redis.flushAll();
        }
        long now = System.currentTimeMillis();
        firstMinute = now - now % MINUTE - MINUTES * MINUTE;
        nextId = 1;
        sendPast(SYMBOL, MINUTES, 104_250);
        sendPast(OTHER, 60, 3_420);
        Await.until(
                Duration.ofSeconds(60),
                () -> assertThat(jobs.stored(SYMBOL, "1m")).hasSizeGreaterThanOrEqualTo(MINUTES));
        server = KlineServer.start(settings(0));
        watching = open("#" + SYMBOL + "/1m");
        awaitCandles(watching);
        // After its start the job waits for first trades before it opens what is due.
        Await.until(
                ChartPage.PATIENCE,
                () -> {
                    long minute = System.currentTimeMillis() / MINUTE * MINUTE;
                    assertThat(watching.last().get("t").asLong()).isEqualTo(minute);
                });
        boundary =
                watching.page.evaluateHandle(
                        "() => ({ seen: new Promise((resolve) => {"
                                + " const chart = document.querySelector('kline-chart');"
                                + " const open = chart.klines.at(-1).t;"
                                + " const poll = setInterval(() => {"
                                + "   const { t } = chart.klines.at(-1);"
                                + "   if (t > open) { clearInterval(poll); resolve([open, t, Date.now()].join(' ')); }"
                                + " }, 20); }) })");
    }

    @AfterAll
    static void stop() {
        if (watching != null) {
            watching.close();
        }
        if (server != null) {
            server.close();
        }
        if (jobs != null) {
            jobs.close();
        }
    }

    /** Loaded back to the first candle, and then a very late trade: the ledger shows it. */
    @Test
    @Order(1)
    void scrollsBackToTheFirstCandleWithoutHoleOrDuplicate() throws Exception {
        watching.page.mouse().move(300, 300);
        watching.page.mouse().down();
        watching.page.mouse().move(800, 300, new Mouse.MoveOptions().setSteps(5));
        watching.page.mouse().up();
        assertThat(watching.visible().get(0).get("t").asLong())
                .isLessThan(watching.last().get("t").asLong() - 100 * MINUTE);
        watching.page.waitForSelector("#newest");
        Await.until(
                ChartPage.PATIENCE,
                () -> {
                    watching.press("Home");
                    assertThat(watching.visible().get(0).get("t").asLong()).isEqualTo(firstMinute);
                });
        JsonNode klines = watching.klines();
        assertThat(klines.size()).isGreaterThanOrEqualTo(MINUTES + 1);
        for (int i = 0; i < klines.size(); i++) {
            assertThat(klines.get(i).get("t").asLong()).isEqualTo(firstMinute + i * MINUTE);
        }
        assertThat(figures(klines).subList(0, 1000))
                .isEqualTo(figures(stored("startTime=" + firstMinute + "&limit=1000")));
        trade(SYMBOL, firstMinute + 100 * MINUTE + 30_000, "200000");
    }

    @Test
    @Order(2)
    void drawsTheCandlesOfTheMostActiveSymbol() throws Exception {
        try (ChartPage page = open("")) {
            awaitCandles(page);
            assertThat(page.hash()).isEqualTo("#" + SYMBOL + "/1m");
            List<String> candles = figures(page.klines());
            assertThat(candles).hasSizeBetween(1000, 1001);
            JsonNode kline = page.klines().get(500);
            String first = page.klines().get(0).get("t").asText();
            assertThat(candles.subList(0, 990))
                    .isEqualTo(figures(stored("limit=990&startTime=" + first)));
            JsonNode drawn = page.drawn();
            assertThat(drawn).hasSizeBetween(1000, 1001);
            assertThat(drawn.get(500).toString())
                    .isEqualTo(
                            "["
                                    + String.join(
                                            ",",
                                            kline.get("o").asText(),
                                            kline.get("h").asText(),
                                            kline.get("l").asText(),
                                            kline.get("c").asText())
                                    + "]");
            BufferedImage image = screenshot(page);
            assertThat(pixels(image, colour(page, "--up"))).isGreaterThan(500);
            assertThat(pixels(image, colour(page, "--down"))).isGreaterThan(500);
            page.page.click("#theme");
            image = screenshot(page);
            assertThat(pixels(image, colour(page, "--panel"))).isGreaterThan(300_000);
            assertThat(pixels(image, colour(page, "--down"))).isGreaterThan(500);
            page.page.mouse().move(400, 300);
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.text("#figures")).contains("Trades2").contains("BTC"));
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    @Order(3)
    void aLiveTradeMovesTheLastCandle() throws Exception {
        try (ChartPage page = open("#" + SYMBOL + "/1m")) {
            awaitCandles(page);
            for (String price : List.of("104300.5", "104123.25")) {
                trade(SYMBOL, System.currentTimeMillis(), price);
                Await.until(
                        ChartPage.PATIENCE,
                        () -> assertThat(page.last().path("c").asText()).isEqualTo(price));
            }
            assertThat(page.text("#price")).isEqualTo("104,123.25");
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(page.text(".row[data-symbol=" + SYMBOL + "] .last"))
                                    .isEqualTo("104,123.25"));
            assertThat(page.text("#status-text")).isEqualTo("Live");
            assertThat(page.complaints).isEmpty();
        }
    }

    /** A trade draws one candle anew; and the time that is left to it is the server's. */
    @Test
    @Order(3)
    void aTradeDrawsTheLastCandleAlone() throws Exception {
        String slowClock = "const now = Date.now; Date.now = () => now() - 600000;";
        try (ChartPage page = chromium.open(address("#" + SYMBOL + "/1m"), slowClock)) {
            awaitCandles(page);
            page.await("live");
            page.page.evaluate(
                    "() => { const { main } = document.querySelector('kline-chart').library;"
                            + " window.calls = []; for (const name of ['setData', 'update']) {"
                            + " const call = main[name]; main[name] = (...all) => { window.calls.push(name); call.apply(main, all); }; } }");
            trade(SYMBOL, System.currentTimeMillis(), "104311.5");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().path("c").asText()).isEqualTo("104311.5"));
            assertThat(page.page.evaluate("[...new Set(window.calls)].join()")).isEqualTo("update");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        String[] left = page.text(".countdown").split(":");
                        long over = MINUTE - System.currentTimeMillis() % MINUTE;
                        assertThat(left).hasSize(2);
                        assertThat(left[0]).isEqualTo("00");
                        assertThat(Long.parseLong(left[1]) * 1_000 - over)
                                .isBetween(-3_000L, 3_000L);
                    });
        }
    }

    @Test
    @Order(4)
    void aCorrectionIsAppliedInPlace() throws Exception {
        try (ChartPage page = open("#" + SYMBOL + "/1m")) {
            awaitCandles(page);
            int count = page.count();
            long open = firstMinute + (MINUTES - 3) * MINUTE;
            assertThat(at(page.klines(), open).get("t").asLong()).isEqualTo(open);

            trade(SYMBOL, open + 31_000, "123456.7");

            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        JsonNode corrected = at(page.klines(), open);
                        assertThat(corrected.get("h").asText()).isEqualTo("123456.7");
                        assertThat(corrected.get("n").asInt()).isEqualTo(3);
                    });
            assertThat(page.count()).isBetween(count, count + 1);
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    @Order(5)
    void switchesSymbolAndInterval() throws Exception {
        try (ChartPage page = open("#" + SYMBOL + "/1m")) {
            awaitCandles(page);
            page.page.click("#intervals >> text=15m");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().path("i").asText()).isEqualTo("15m"));
            assertThat(page.hash()).isEqualTo("#" + SYMBOL + "/15m");
            assertThat(figures(page.klines()))
                    .hasSizeBetween(MINUTES / 15 - 1, MINUTES / 15 + 2)
                    .startsWith(figures(stored("startTime=0", "15m")).get(0));

            page.page.keyboard().press("/");
            page.page.keyboard().type("eth");
            page.page.keyboard().press("Enter");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().path("s").asText()).isEqualTo(OTHER));
            assertThat(page.hash()).isEqualTo("#" + OTHER + "/15m");
            trade(OTHER, System.currentTimeMillis(), "3455.55");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().path("c").asText()).isEqualTo("3455.55"));

            page.page.goBack();
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.last().path("s").asText()).isEqualTo(SYMBOL));
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    @Order(6)
    void showsAllMarkets() throws Exception {
        try (ChartPage page = open("#markets")) {
            page.page.waitForSelector(".row[data-symbol=" + OTHER + "] path");
            assertThat(page.page.locator(".rows .row").allTextContents()).hasSize(2);
            trade(OTHER, System.currentTimeMillis(), "3466.25");
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(page.text(".row[data-symbol=" + OTHER + "] .last"))
                                    .isEqualTo("3,466.25"));
            page.page.click(".row[data-symbol=" + OTHER + "] a");
            awaitCandles(page);
            assertThat(page.last().path("s").asText()).isEqualTo(OTHER);
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    @Order(7)
    void fitsAPhone() throws Exception {
        try (ChartPage page = chromium.open(address("#" + SYMBOL + "/1m"), 375, 700)) {
            awaitCandles(page);
            for (String view : List.of("#" + SYMBOL + "/1m", "#markets")) {
                page.page.evaluate("(hash) => { location.hash = hash; }", view);
                assertThat(
                                page.page.evaluate(
                                        "[...document.querySelectorAll('header > *, .toolbar:not(.bottom) > *, .rows .row, .rows .row > *, kline-chart')]"
                                                + ".filter((one) => one.getBoundingClientRect().right > innerWidth)"
                                                + ".map((one) => one.id || one.className).join()"))
                        .as(view)
                        .isEqualTo("");
                assertThat(page.page.evaluate("document.documentElement.scrollWidth"))
                        .as(view)
                        .isEqualTo(375);
            }
            page.page.evaluate("location.hash = '#" + SYMBOL + "/1m'");
            page.page.waitForSelector("#day dd >> visible=true");
            assertThat(page.page.locator("#day dd").allTextContents()).hasSize(4);
            assertThat(
                            page.page.evaluate(
                                    "[...document.querySelectorAll('#figures .price-figure abbr')].map((one) => one.textContent).join('')"))
                    .isEqualTo("OHLC");
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    @Order(8)
    void theNextCandleOpensAtTheBoundary() throws Exception {
        String[] seen = ((String) boundary.evaluate("(watch) => watch.seen")).split(" ");
        long open = Long.parseLong(seen[1]);
        assertThat(open).isEqualTo(Long.parseLong(seen[0]) + MINUTE);
        assertThat(Long.parseLong(seen[2]) - open).isBetween(0L, ChartPage.PATIENCE.toMillis());
    }

    @Test
    @Order(9)
    void aVeryLateCorrectionIsFoundInTheLedger() throws Exception {
        Await.until(
                Duration.ofSeconds(45),
                () -> {
                    JsonNode corrected = watching.klines().get(100);
                    assertThat(corrected.get("t").asLong()).isEqualTo(firstMinute + 100 * MINUTE);
                    assertThat(corrected.get("h").asText()).isEqualTo("200000");
                    assertThat(watching.page.evaluate(CORRECTED))
                            .asInstanceOf(InstanceOfAssertFactories.LIST)
                            .contains((double) firstMinute + 100 * MINUTE);
                });
        assertThat(watching.visible().get(0).get("t").asLong()).isEqualTo(firstMinute);
        assertThat(watching.complaints).isEmpty();
    }

    @Test
    @Order(10)
    void aLostConnectionIsShownAndHeals() throws Exception {
        try (ChartPage page = open("#" + SYMBOL + "/1m")) {
            awaitCandles(page);
            int port = server.port();
            server.close();
            page.page.waitForSelector("#status:is([data-state=stale], [data-state=away])");
            trade(SYMBOL, System.currentTimeMillis(), "104777.75");
            long open = page.last().get("t").asLong() - 5 * MINUTE;
            trade(SYMBOL, open + 32_000, "123999.5");
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(jobs.latest(SYMBOL, "1m").close())
                                    .isEqualByComparingTo("104777.75"));

            server = KlineServer.start(settings(port));

            page.await("live");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        assertThat(page.last().path("c").asText()).isEqualTo("104777.75");
                        assertThat(at(page.klines(), open).get("h").asText()).isEqualTo("123999.5");
                    });
            // A server that stops refuses what comes meanwhile.
            assertThat(page.complaints)
                    .allMatch(text -> text.contains("net::ERR_") || text.contains("status of 503"));
        }
    }

    private static ChartPage open(String hash) {
        return chromium.open(address(hash), 1400, 800);
    }

    private static String address(String hash) {
        return "http://127.0.0.1:" + server.port() + "/" + hash;
    }

    private static void awaitCandles(ChartPage page) throws Exception {
        Await.until(ChartPage.PATIENCE, "candles", () -> page.count() > 0);
    }

    /** The kline that opened then. */
    private static JsonNode at(JsonNode klines, long open) {
        return klines.get((int) ((open - klines.get(0).get("t").asLong()) / MINUTE));
    }

    /** The figures of klines, to compare; a stream has fewer fields than an answer. */
    private static List<String> figures(JsonNode klines) {
        List<String> figures = new ArrayList<>();
        for (JsonNode kline : klines) {
            StringBuilder line = new StringBuilder();
            for (String field : List.of("t", "T", "s", "i", "o", "h", "l", "c", "v", "n", "q")) {
                line.append(kline.get(field).asText()).append(' ');
            }
            figures.add(line.toString());
        }
        return figures;
    }

    private static JsonNode stored(String query) throws Exception {
        return stored(query, "1m");
    }

    private static JsonNode stored(String query, String interval) throws Exception {
        String path = "/api/v1/klines?symbol=" + SYMBOL + "&interval=" + interval + "&" + query;
        return new ObjectMapper()
                .readTree(new TestClient(server.port()).get(path).body())
                .get("klines");
    }

    private static void sendPast(String symbol, int minutes, int price) throws Exception {
        List<String> events = new ArrayList<>();
        for (int i = MINUTES - minutes; i < MINUTES; i++) {
            for (int second : List.of(1, 30)) {
                double at = i + second / 60.0;
                double wave = 1 + Math.sin(at / 17) / 100 + Math.sin(at / 3) / 400;
                BigDecimal tick = BigDecimal.valueOf(Math.round(price * wave * 100), 2);
                events.add(event(symbol, firstMinute + i * MINUTE + second * 1_000L, tick));
            }
        }
        jobs.send(symbol, events);
    }

    private static void trade(String symbol, long time, String price) {
        jobs.send(symbol, List.of(event(symbol, time, new BigDecimal(price))));
    }

    private static String event(String symbol, long time, BigDecimal price) {
        long id = nextId++;
        return RecordedTrades.event(new Trade(symbol, id, id, price, BigDecimal.ONE, time, false));
    }

    private static BufferedImage screenshot(ChartPage page) throws Exception {
        return ImageIO.read(new ByteArrayInputStream(page.page.screenshot()));
    }

    /** A colour of the style sheet. */
    private static Color colour(ChartPage page, String name) {
        return Color.decode(
                (String)
                        page.page.evaluate(
                                "(name) => getComputedStyle(document.body).getPropertyValue(name)",
                                name));
    }

    private static long pixels(BufferedImage image, Color colour) {
        long found = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                found += new Color(image.getRGB(x, y)).equals(colour) ? 1 : 0;
            }
        }
        return found;
    }

    private static ServerSettings settings(int port) {
        KlineOptions options = jobs.options;
        return new ServerSettings(
                "127.0.0.1",
                port,
                List.of("USDT"),
                List.of(),
                List.of(),
                0,
                new ServerLimits(1_000_000, 1_000, 1_000, 1_000, 1_000),
                true,
                Map.of(),
                new QuerySettings(
                        options.redis.settings(),
                        MysqlLogin.of(options.mysql),
                        options.kline.intervals(),
                        options.kline.zoneOffset,
                        STORE_TIMEOUT,
                        4,
                        4));
    }
}
