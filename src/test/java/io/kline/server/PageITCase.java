package io.kline.server;

import static io.kline.server.TestStores.SYMBOL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The states of the chart page, in a real browser on real servers, and what it draws on candles.
 */
@Timeout(180)
class PageITCase {

    private static final String OTHER = "ETHUSDT";
    private static final String FEW = "FEWUSDT";
    private static final String HOLE = "HOLEUSDT";
    private static final String LACKING = "LACKUSDT";
    private static final String NOT_NUMBERED = "ANYUSDT";

    /** What is marked, by the index of its candle. */
    private static final String SIGNS =
            "(() => { const { marks, klines } = document.querySelector('kline-chart');"
                    + " return marks.map(({ kind, time }) => kind + klines.findIndex(({ t }) => t === time)).join(); })()";

    private static final int FEW_CANDLES = 6;

    /** Less than what the page takes for haste, ms. */
    private static final int HASTE = 200;

    /** When the day of the newest candles begins: 2026-01-03. */
    private static final long DAY = TestStores.FIRST + 2 * 1_440 * TestStores.MINUTE;

    /** Whether the mean of the prices is drawn. */
    private static final String OVERLAYS =
            "(() => { const { chart } = document.querySelector('kline-chart').library;"
                    + " const lines = chart.panes()[0].getSeries().filter((one) => one.options().lineWidth === 1 && one.seriesType() === 'Line');"
                    + " return lines.some((one) => one.options().visible) ? 'drawn' : 'hidden'; })()";

    /** Weight of a minute with which the page comes up, and then asks too much. */
    private static final int SCARCE = 120;

    /** What the page itself does not ask in this form. */
    private static final String SPENT_BY_OTHERS = "api/v1/config?others";

    @RegisterExtension static final TestServer server = new TestServer(PageITCase::filled);

    @RegisterExtension static final Chromium chromium = new Chromium();

    @Test
    void theStateFollowsFromWhatHappened() {
        try (ChartPage page = modules()) {
            assertThat(
                            page.page.evaluate(
                                    """
                                    async () => {
                                        const { PageState } = await import('/state.js');
                                        const state = new PageState();
                                        const seen = [];
                                        state.addEventListener('change', () => seen.push(state.name));
                                        state.loaded();
                                        state.connected(true);
                                        state.loaded();
                                        state.connected(false);
                                        state.connected(true);
                                        state.troubled('away');
                                        state.troubled('refused');
                                        state.loaded();
                                        state.troubled(null);
                                        state.opened();
                                        state.unknown();
                                        state.troubled('away');
                                        state.opened();
                                        state.troubled(null);
                                        state.unknown();
                                        state.loaded();
                                        state.troubled('refused');
                                        state.doubted('candles', 'redis');
                                        state.troubled(null);
                                        state.doubted('candles', null);
                                        return seen.join(' ');
                                    }
                                    """))
                    .isEqualTo(
                            "stale live stale away refused live loading notfound away loading"
                                    + " notfound live refused stale live");
        }
    }

    /**
     * What nobody waits for is not asked then; only what fails again and again would fail as well.
     */
    @Test
    void thatOthersWaitIsNoAnswer() {
        try (ChartPage page = modules()) {
            assertThat(
                            page.page.evaluate(
                                    """
                                    async () => {
                                        const { Passing, Patience } = await import('/patience.js');
                                        const patience = new Patience();
                                        const seen = [];
                                        const soon = () => new Promise((resolve) => setTimeout(resolve, 20));
                                        const glance = () => patience.glance(async () => seen.push('asked'))
                                            .catch(({ kind }) => seen.push(kind));
                                        let failures = 2;
                                        const asked = patience.ask(async () => {
                                            if (failures-- > 0) {
                                                throw new Passing('away', '');
                                            }
                                        });
                                        await soon();
                                        await glance();
                                        patience.hurry();
                                        await soon();
                                        await glance();
                                        patience.hurry();
                                        await asked;
                                        await glance();
                                        return seen.join(' ');
                                    }
                                    """))
                    .isEqualTo("waiting away asked");
        }
    }

    @Test
    void withoutASymbolNothingIsChosen() {
        try (ChartPage page = open("%/1m")) {
            page.await("notfound");
            for (String key :
                    List.of(
                            "ArrowLeft",
                            "Shift+ArrowRight",
                            "Home",
                            "End",
                            "PageUp",
                            "+",
                            "-",
                            "Escape")) {
                page.press(key);
            }
            page.page.click("#ranges >> text=5D");
            page.page.fill("#date", "2026-01-01");
            page.page.click("#compare");
            assertThat(page.page.isHidden("#search")).isTrue();
            page.page.click("#studies");
            page.page.check("#studies-menu input[value=macd]");
            assertThat(page.hash()).isEqualTo("#%/1m");
            assertThat(page.state()).isEqualTo("notfound");
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void anotherSymbolHidesTheOldOneAtOnce() throws Exception {
        try (ChartPage page = open(SYMBOL + "/1m")) {
            awaitCandles(page);
            page.page.evaluate(
                    """
                    () => {
                        const ask = window.fetch;
                        window.fetch = async (...all) => {
                            if (all[0].startsWith('api/v1/klines?')) {
                                await new Promise((resolve) => addEventListener('answer', resolve));
                            }
                            return ask(...all);
                        };
                    }
                    """);
            page.page.evaluate("location.hash = '#" + OTHER + "/1m'");
            page.await("loading");
            assertThat(page.count()).isZero();
            assertThat(page.text("#symbol b")).isEqualTo("ETH");
            assertThat(page.text("#price")).isEmpty();
            assertThat(page.text("#figures")).isEmpty();
            assertThat(page.page.title()).isEqualTo(OTHER + " · Kline");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        page.page.evaluate("dispatchEvent(new Event('answer'))");
                        assertThat(page.count()).isPositive();
                    });
            assertThat(page.last().get("s").asText()).isEqualTo(OTHER);
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void quickChangesStayWithinWhatTheServerAllows() throws Exception {
        List<Long> sent = new CopyOnWriteArrayList<>();
        List<String> closed = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.open("about:blank", 1400, 800)) {
            page.page.onWebSocket(
                    socket -> {
                        socket.onFrameSent(frame -> sent.add(System.nanoTime()));
                        socket.onClose(any -> closed.add(socket.url()));
                    });
            List<String> reads = new CopyOnWriteArrayList<>();
            page.page.onRequest(
                    request -> {
                        if (request.url().contains("/api/v1/klines?")) {
                            reads.add(request.url());
                        }
                    });
            page.page.navigate(address(SYMBOL + "/1m"));
            page.await("live");
            // On a busy machine a step may take so long that it is no haste.
            for (int attempt = 0, longest = HASTE; longest >= HASTE && attempt < 10; attempt++) {
                sent.clear();
                reads.clear();
                longest =
                        ((Number)
                                        page.page.evaluate(
                                                """
                                                async () => {
                                                    let longest = 0;
                                                    for (const interval of ['5m', '15m', '30m', '1h', '8h', '1d', '1m']) {
                                                        const begin = performance.now();
                                                        location.hash = `#BTCUSDT/${interval}`;
                                                        await new Promise((resolve) => setTimeout(resolve, 60));
                                                        longest = Math.max(longest, performance.now() - begin);
                                                    }
                                                    return longest;
                                                }
                                                """))
                                .intValue();
            }
            awaitCandles(page);
            page.page.waitForTimeout(2_000);
            assertThat(page.last().get("i").asText()).isEqualTo("1m");
            assertThat(sent).hasSizeLessThanOrEqualTo(6);
            assertThat(reads.stream().filter(url -> url.contains("interval=1m"))).isNotEmpty();
            assertThat(reads.stream().filter(url -> url.contains("interval=30m"))).isEmpty();
            assertThat(closed).isEmpty();
            assertThat(page.state()).isEqualTo("live");
        }
    }

    @Test
    void aBrowserThatKeepsNothingShowsCandles() throws Exception {
        String refuse =
                "Object.defineProperty(window, 'localStorage',"
                        + " { get() { throw new DOMException('denied', 'SecurityError'); } });";
        try (ChartPage page = chromium.open(address(SYMBOL + "/1m"), refuse)) {
            awaitCandles(page);
            String before = (String) page.page.evaluate("document.documentElement.dataset.theme");
            page.page.click("#theme");
            assertThat(page.page.evaluate("document.documentElement.dataset.theme"))
                    .isNotEqualTo(before);
            page.page.selectOption("#chart-type", "line");
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void anUnknownSymbolIsAskedForOnceAndShownWhenItIsTraded() throws Exception {
        List<String> reads = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.openWithClock(address("NOSUCH/1m"))) {
            page.await("notfound");
            page.page.onRequest(
                    request -> {
                        if (request.url().contains("NOSUCH")) {
                            reads.add(request.url());
                        }
                    });
            page.pass(5_000);
            assertThat(reads).isEmpty();
            assertThat(page.text("#status-text")).isEqualTo("Not found");
            assertThat(page.text("#empty")).contains("no symbol NOSUCH");
        }
    }

    /**
     * The server lets a page come up and then no more: the page asks again when it may, and not
     * before.
     */
    @Test
    void aRefusedPageWaitsAndHeals() throws Exception {
        try (KlineServer scarce = KlineServer.start(limited(server.settings()));
                ChartPage page = chromium.open("about:blank", 1400, 800)) {
            List<Long> asked = new CopyOnWriteArrayList<>();
            List<Long> refused = new CopyOnWriteArrayList<>();
            page.page.onRequest(
                    request -> {
                        if (request.url().contains("/api/")
                                && !request.url().endsWith(SPENT_BY_OTHERS)) {
                            asked.add(System.nanoTime());
                        }
                    });
            page.page.onResponse(
                    response -> {
                        if (response.status() == 429) {
                            refused.add(System.nanoTime());
                        }
                    });
            page.page.navigate("http://127.0.0.1:" + scarce.port() + "/#" + SYMBOL + "/1m");
            page.await("live");
            Await.until(
                    Duration.ofSeconds(60),
                    () -> {
                        page.page.evaluate(
                                "fetch('api/v3/exchangeInfo').then((all) => all.text())");
                        assertThat(refused).isNotEmpty();
                    });
            // The rest of the weight.
            page.page.evaluate(
                    "async () => { while ((await fetch('" + SPENT_BY_OTHERS + "')).ok) {} }");
            // What is current stays so while requests wait.
            assertThat(page.state()).isEqualTo("live");
            int before = asked.size();
            // The subscription is refused as well: the page needs weight for all its streams again.
            page.page.evaluate(
                    "() => { location.hash = '#"
                            + OTHER
                            + "/1m'; const end = Date.now() + 3000; const spend = () =>"
                            + " Date.now() < end && fetch('"
                            + SPENT_BY_OTHERS
                            + "').then(spend); spend(); }");
            page.await("refused");
            assertThat(page.text("#status-text")).startsWith("Asked to wait");
            page.page.waitForTimeout(6_000);
            // What a page that has healed shows is some seven requests; a storm is many times that.
            assertThat(asked.size() - before).isLessThanOrEqualTo(12);
            awaitTrue(
                    page, "document.querySelector('kline-chart').klines[0]?.s === '" + OTHER + "'");
            // Subscriptions have a weight as well.
            Await.until(Duration.ofSeconds(70), () -> assertThat(page.state()).isEqualTo("live"));
        }
    }

    @Test
    void anOutageIsShownAndHeals() throws Exception {
        KlineServer first = KlineServer.start(server.settings());
        int port = first.port();
        try (ChartPage page =
                chromium.openWithClock("http://127.0.0.1:" + port + "/#" + SYMBOL + "/1m")) {
            awaitCandles(page);
            page.await("live");
            List<String> asked = new CopyOnWriteArrayList<>();
            page.page.onRequest(request -> asked.add(request.url()));
            first.close();
            // A reader that waits for older candles: what nobody waits for says nothing.
            page.press("Home");
            page.await("away");
            page.pass(5_000);
            assertThat(asked).hasSizeLessThanOrEqualTo(16);
            assertThat(page.count()).isPositive();
            try (KlineServer second = KlineServer.start(server.settings().on(port))) {
                assertThat(second.port()).isEqualTo(port);
                Await.until(
                        Duration.ofSeconds(60),
                        () -> {
                            page.pass(1_000);
                            assertThat(page.state()).isEqualTo("live");
                        });
                assertThat(page.page.isHidden("#trouble")).isTrue();
            }
        } finally {
            first.close();
        }
    }

    /** Redis has the newest candle, and neither store those before it. */
    @Test
    void aHoleInBothStoresBlamesNone() throws Exception {
        assertThat(server.client().get("/api/v1/klines?symbol=" + HOLE + "&interval=1m").body())
                .contains("\"missing\":[\"MYSQL\"]");
        try (ChartPage page = open(HOLE + "/1m")) {
            page.page.waitForSelector("#trouble >> visible=true");
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(page.text("#trouble"))
                                    .isEqualTo("Candles may be missing: no store has them yet."));
            assertThat(
                            page.page.evaluate(
                                    "document.querySelector('kline-chart').marks.map(({ kind }) => kind).join()"))
                    .isEqualTo("incomplete,gap");
            assertThat(page.text("#figures")).contains("behind a gap");
        }
    }

    /** 30 minutes of ten executions, but for the last one of the 21st minute. */
    @Test
    void candlesThatLackExecutionsAreMarked() throws Exception {
        try (ChartPage page = open(LACKING + "/1m")) {
            awaitCandles(page);
            assertThat(page.page.evaluate(SIGNS)).isEqualTo("incomplete20,incomplete21");
        }
        // Here every candle does, which says nothing of any.
        try (ChartPage page = open(NOT_NUMBERED + "/1m")) {
            awaitCandles(page);
            assertThat(page.page.evaluate(SIGNS)).isEqualTo("");
        }
    }

    @Test
    void fewCandlesStandTogether() throws Exception {
        try (ChartPage page = open(FEW + "/1m")) {
            awaitCandles(page);
            assertThat(page.count()).isEqualTo(FEW_CANDLES);
            assertThat(
                            page.page.evaluate(
                                    "() => { const { klines, library } = document.querySelector('kline-chart');"
                                            + " const scale = library.chart.timeScale();"
                                            + " return scale.timeToCoordinate(klines[1].t / 1000) - scale.timeToCoordinate(klines[0].t / 1000); }"))
                    .isEqualTo(7);
        }
    }

    @Test
    void theListIsATableAndFavouritesComeFirst() throws Exception {
        try (ChartPage page = open(SYMBOL + "/1m")) {
            page.page.waitForSelector(".rows .row");
            assertThat(page.page.getByRole(AriaRole.TABLE).count()).isEqualTo(1);
            assertThat(page.page.getByRole(AriaRole.COLUMNHEADER).count()).isEqualTo(4);
            assertThat(page.page.locator("[role=columnheader][aria-sort=descending]").count())
                    .isEqualTo(1);
            String last =
                    (String)
                            page.page.evaluate(
                                    "[...document.querySelectorAll('.rows .row')].at(-1).dataset.symbol");
            page.page.click(".row[data-symbol=" + last + "] .star");
            assertThat(page.page.evaluate("document.querySelector('.rows .row').dataset.symbol"))
                    .isEqualTo(last);
            page.page.reload();
            page.page.waitForSelector(".rows .row");
            assertThat(page.page.evaluate("document.querySelector('.rows .row').dataset.symbol"))
                    .isEqualTo(last);
        }
    }

    /** The version that docs/dependencies.md names. */
    @Test
    void theLibraryIsTheDocumentedOne() throws Exception {
        try (ChartPage page = modules()) {
            assertThat(
                            page.page.evaluate(
                                    "import('/lib/lightweight-charts.js').then(({ version }) => version())"))
                    .isEqualTo("5.2.1");
        }
    }

    /** Figures of the npm package technicalindicators 3.1.0 for the same prices. */
    @Test
    void indicatorsAreThoseOfAPublishedImplementation() throws Exception {
        try (ChartPage page = modules()) {
            JsonNode figures =
                    new ObjectMapper()
                            .readTree(
                                    (String)
                                            page.page.evaluate(
                                                    """
                                                    async (closes) => {
                                                        const own = await import('/indicators.js');
                                                        const add = (extra) => closes.map((close, at) => close + extra(at));
                                                        const highs = add((at) => 0.5 + (at % 3) * 0.25);
                                                        const lows = add((at) => -0.5 - (at % 4) * 0.25);
                                                        const volumes = closes.map((_, at) => 10 + ((at * 7) % 13));
                                                        const { line, signal, histogram } = own.macd(closes, 12, 26, 9);
                                                        const { upper, middle, lower } = own.bollinger(closes, 20, 2);
                                                        const columns = { highs, lows, closes, volumes, opens: closes };
                                                        const rows = closes.slice(0, 5).map((close, at) =>
                                                            ({ open: close - 0.2, high: highs[at], low: lows[at], close }));
                                                        const heikin = own.heikinAshi(rows).at(-1);
                                                        const all = { sma: own.sma(closes, 20), ema: own.ema(closes, 9),
                                                            rsi: own.rsi(closes, 14), line, signal, histogram, upper, middle, lower,
                                                            vwap: own.vwap(columns, () => 1, true),
                                                            heikin: [heikin.open, heikin.high, heikin.low, heikin.close] };
                                                        return JSON.stringify({ ...Object.fromEntries(Object.entries(all).map(
                                                            ([name, values]) => [name, values.at(-1)])), empty: all.sma.lastIndexOf(null),
                                                            heikinOpen: heikin.open, heikinLow: heikin.low });
                                                    }
                                                    """,
                                                    CLOSES));
            assertThat(figures.get("sma").asDouble()).isCloseTo(105.3505, within(1e-9));
            assertThat(figures.get("empty").asInt()).isEqualTo(18);
            assertThat(figures.get("ema").asDouble()).isCloseTo(105.69848504310008, within(1e-9));
            assertThat(figures.get("rsi").asDouble()).isCloseTo(47.55, within(0.005));
            assertThat(figures.get("line").asDouble()).isCloseTo(0.4399096294695397, within(1e-9));
            assertThat(figures.get("signal").asDouble())
                    .isCloseTo(0.5148636131278126, within(1e-9));
            assertThat(figures.get("histogram").asDouble())
                    .isCloseTo(-0.07495398365827288, within(1e-9));
            assertThat(figures.get("upper").asDouble()).isCloseTo(106.83864616217622, within(1e-9));
            assertThat(figures.get("lower").asDouble()).isCloseTo(103.86235383782366, within(1e-9));
            assertThat(figures.get("vwap").asDouble()).isCloseTo(104.04092086834736, within(1e-9));
            assertThat(figures.get("heikinOpen").asDouble()).isCloseTo(100.633125, within(1e-9));
            assertThat(figures.get("heikinLow").asDouble()).isCloseTo(100.633125, within(1e-9));
            assertThat(figures.get("heikin").asDouble()).isCloseTo(102.1125, within(1e-9));
        }
    }

    @Test
    void indicatorsAndComparisonAreInTheAddress() throws Exception {
        try (ChartPage page = open(SYMBOL + "/1m/ma20,rsi14,nonsense,vs:" + OTHER)) {
            awaitCandles(page);
            assertThat(page.hash()).isEqualTo("#" + SYMBOL + "/1m/ma20,rsi14,vs:" + OTHER);
            assertThat(page.text("#study-figures")).contains("MA 20").contains("RSI 14");
            assertThat(
                            page.page.evaluate(
                                    "document.querySelector('kline-chart').library.chart.panes().length"))
                    .isEqualTo(2);
            assertThat(page.text("#compare")).contains(OTHER);
            // Percent of its own first value would put a mean beside the prices.
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.page.evaluate(OVERLAYS)).isEqualTo("hidden"));
            page.page.click("#studies");
            page.page.check("#studies-menu input[value=macd]");
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.hash()).contains("ma20,rsi14,macd,vs:" + OTHER));
            page.page.click("#compare", new Page.ClickOptions().setForce(true));
            Await.until(ChartPage.PATIENCE, () -> assertThat(page.hash()).doesNotContain("vs:"));
            Await.until(
                    ChartPage.PATIENCE,
                    () -> assertThat(page.page.evaluate(OVERLAYS)).isEqualTo("drawn"));
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void everyKindOfChartAndScaleIsDrawnAndKept() throws Exception {
        try (ChartPage page = open(SYMBOL + "/1m")) {
            awaitCandles(page);
            List<String> kinds = new ArrayList<>();
            for (String type : List.of("bars", "heikin", "line", "area", "candles", "line")) {
                page.page.selectOption("#chart-type", type);
                kinds.add(
                        (String)
                                page.page.evaluate(
                                        "document.querySelector('kline-chart').library.main.seriesType()"));
            }
            assertThat(kinds)
                    .containsExactly("Bar", "Candlestick", "Line", "Area", "Candlestick", "Line");
            page.page.selectOption("#price-scale", "log");
            page.page.selectOption("#zone", "Asia/Tokyo");
            page.page.reload();
            awaitCandles(page);
            assertThat(page.page.inputValue("#chart-type")).isEqualTo("line");
            assertThat(
                            page.page.evaluate(
                                    "document.querySelector('kline-chart').library.chart.priceScale('right').options().mode"))
                    .isEqualTo(1);
            // 2026-01-03T01:59Z, the last candle.
            assertThat(page.text("#figures")).startsWith("Sat 3 Jan 2026, 10:59");
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void measuresAndSavesAPicture() throws Exception {
        try (ChartPage page = open(SYMBOL + "/1m")) {
            awaitCandles(page);
            page.page.click("#measure");
            page.page.mouse().move(400, 300);
            page.page.mouse().down();
            page.page.mouse().move(470, 420);
            assertThat(page.text(".measure"))
                    .contains("−")
                    .contains("%")
                    .contains("10 candles · 10m");
            page.page.mouse().up();
            assertThat(page.page.getAttribute("#measure", "aria-pressed")).isEqualTo("false");
            assertThat(
                            page.page
                                    .waitForDownload(() -> page.page.click("#picture"))
                                    .suggestedFilename())
                    .isEqualTo("BTCUSDT-1m.png");
            page.page.evaluate("location.hash = '#" + OTHER + "/1m'");
            Await.until(
                    ChartPage.PATIENCE, () -> assertThat(page.page.isHidden(".measure")).isTrue());
            assertThat(page.complaints).isEmpty();
        }
    }

    @Test
    void thePriceAxisIsDraggedAndFitsAgain() throws Exception {
        String height =
                "(() => { const { main } = document.querySelector('kline-chart').library;"
                        + " return main.coordinateToPrice(50) - main.coordinateToPrice(400); })()";
        try (ChartPage page = open(SYMBOL + "/1m")) {
            awaitCandles(page);
            page.page.waitForTimeout(500);
            double before = ((Number) page.page.evaluate(height)).doubleValue();
            page.page.mouse().move(1_025, 300);
            page.page.mouse().down();
            page.page.mouse().move(1_025, 420, new Mouse.MoveOptions().setSteps(6));
            page.page.mouse().up();
            page.page.waitForTimeout(500);
            assertThat(((Number) page.page.evaluate(height)).doubleValue())
                    .isGreaterThan(before * 1.1);
            page.page.click("#auto");
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(((Number) page.page.evaluate(height)).doubleValue())
                                    .isCloseTo(before, withinPercentage(1)));
            page.page.click("#full");
            awaitTrue(page, "document.fullscreenElement?.id === 'chart-view'");
            assertThat(page.complaints).isEmpty();
        }
    }

    /** Change, range and line of the list are all of the last 24 hours. */
    @Test
    void theListFollowsTheTickers() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (KlineServer tickers = KlineServer.start(TestServer.withTickers(server.settings()));
                ChartPage page = chromium.open("about:blank", 1400, 800)) {
            page.page.onRequest(request -> asked.add(request.url()));
            long dayAgo = System.currentTimeMillis() - 1_440 * TestStores.MINUTE;
            page.page.navigate("http://127.0.0.1:" + tickers.port() + "/#" + SYMBOL + "/1m");
            awaitCandles(page);
            String last = "[data-symbol=" + OTHER + "] .cell.last";
            Await.until(ChartPage.PATIENCE, () -> assertThat(page.text(last)).isNotEmpty());
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(asked)
                                    .filteredOn(url -> url.contains("interval=15m"))
                                    .isNotEmpty()
                                    .allMatch(
                                            url -> startTime(url) > dayAgo - 2 * TestStores.MINUTE)
                                    .allMatch(url -> startTime(url) <= System.currentTimeMillis()));
            int before = asked.size();
            Candle next = traded(OTHER, "135.75");
            server.stores().toLatest(next);
            server.stores().redis.publish(RedisKeys.latest(OTHER, "1m"), KlineJson.write(next));
            Await.until(ChartPage.PATIENCE, () -> assertThat(page.text(last)).isEqualTo("135.75"));
            assertThat(page.text("[data-symbol=" + OTHER + "] .cell.volume")).isEqualTo("271.5");
            assertThat(page.text("#day")).contains("24h high");
            assertThat(asked.subList(before, asked.size()))
                    .noneMatch(url -> url.contains("latest") || url.contains("ticker"));
        }
    }

    /** Change, range and line of the list are all of the day, where the server keeps no tickers. */
    @Test
    void theLinesOfTheListBeginWithTheDay() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        try (ChartPage page = chromium.open("about:blank", 1400, 800)) {
            page.page.onRequest(
                    request -> {
                        if (request.url().contains("interval=15m")) {
                            lines.add(request.url());
                        }
                    });
            page.page.navigate(address(SYMBOL + "/1m"));
            Await.until(
                    ChartPage.PATIENCE,
                    () -> {
                        page.page.waitForTimeout(200);
                        assertThat(lines)
                                .filteredOn(url -> startTime(url) == DAY)
                                .hasSizeGreaterThanOrEqualTo(4);
                    });
            assertThat(page.text("#day")).contains("Day high");
        }
    }

    @Test
    void goesToADate() throws Exception {
        try (ChartPage page = open(SYMBOL + "/1m")) {
            awaitCandles(page);
            page.page.fill("#date", "2026-01-01");
            Await.until(
                    ChartPage.PATIENCE,
                    () ->
                            assertThat(page.visible().get(0).get("t").asLong())
                                    .isEqualTo(TestStores.FIRST));
            assertThat(page.count()).isEqualTo(TestStores.CANDLES);
        }
    }

    /**
     * Playwright's own wait evaluates in the page when it looks again, which its policy forbids.
     */
    private static void awaitTrue(ChartPage page, String expression) throws Exception {
        Await.until(
                ChartPage.PATIENCE,
                () -> assertThat(page.page.evaluate(expression)).isEqualTo(true));
    }

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.filled();
        stores.fill(candles(OTHER, 300), 300);
        stores.fill(candles(FEW, FEW_CANDLES), FEW_CANDLES);
        stores.fill(
                IntStream.range(0, 30)
                        .mapToObj(n -> TestStores.candle(LACKING, n, n == 20 ? 9 : 10, n < 29))
                        .toList(),
                30);
        stores.fill(
                IntStream.range(0, 30)
                        .mapToObj(n -> TestStores.candle(NOT_NUMBERED, n, 10, n < 29))
                        .map(candle -> CandleBuilder.like(candle).count(3).build())
                        .toList(),
                30);
        stores.toMysql(List.of(TestStores.candle(HOLE, 1, 2, true)));
        stores.toLatest(TestStores.candle(HOLE, 9, 2, false));
        for (String symbol : List.of(SYMBOL, OTHER, FEW, HOLE)) {
            stores.toLatest(day(symbol));
        }
        return stores;
    }

    private static List<Candle> candles(String symbol, int count) {
        return IntStream.range(0, count)
                .mapToObj(n -> TestStores.candle(symbol, n, 2, n < count - 1))
                .toList();
    }

    /** What the list shows without tickers. */
    private static Candle day(String symbol) {
        BigDecimal price = new BigDecimal("100.5");
        return CandleBuilder.candle(symbol, "1d", DAY)
                .prices(price, price.add(BigDecimal.ONE), price.subtract(BigDecimal.ONE), price)
                .volume(BigDecimal.TEN, price.movePointRight(1))
                .takerBuys(BigDecimal.ONE, price)
                .count(2)
                .first(1)
                .last(DAY + 2, 2)
                .build();
    }

    /** A candle of this minute with two trades at a price. */
    private static Candle traded(String symbol, String price) {
        BigDecimal at = new BigDecimal(price);
        long open = System.currentTimeMillis() / TestStores.MINUTE * TestStores.MINUTE;
        return CandleBuilder.candle(symbol, "1m", open)
                .prices(at, at, at, at)
                .volume(BigDecimal.valueOf(2), at.add(at))
                .takerBuys(BigDecimal.ONE, at)
                .count(2)
                .first(1_000_000)
                .last(open + 2, 1_000_001)
                .build();
    }

    /** 0 for none. */
    private static long startTime(String url) {
        Matcher matcher = Pattern.compile("startTime=([0-9]+)").matcher(url);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }

    private static ServerSettings limited(ServerSettings usual) {
        ServerLimits limits = usual.limits();
        return usual.with(
                new ServerLimits(
                        SCARCE,
                        limits.connections(),
                        limits.connectionsPerAddress(),
                        limits.sockets(),
                        limits.queuedMessages()));
    }

    /** What the page is made of, without the page. */
    private static ChartPage modules() {
        return chromium.open("http://127.0.0.1:" + server.port() + "/icon.svg", 1400, 800);
    }

    private static ChartPage open(String hash) {
        return chromium.open(address(hash), 1400, 800);
    }

    private static String address(String hash) {
        return "http://127.0.0.1:" + server.port() + "/#" + hash;
    }

    private static void awaitCandles(ChartPage page) throws Exception {
        Await.until(ChartPage.PATIENCE, "candles", () -> page.count() > 0);
    }

    private static final List<Double> CLOSES =
            List.of(
                    100.35, 99.81, 100., 101.52, 102.1, 102.25, 103.42, 104.73, 103.51, 105.06,
                    104.25, 103.39, 104.93, 103.67, 103.38, 102.03, 100.81, 101.39, 102.72, 103.71,
                    104.49, 103.24, 103.65, 103.7, 102.87, 104.11, 102.88, 103.85, 102.85, 101.49,
                    102.2, 102.98, 104.13, 105.14, 106.21, 107., 105.67, 105.25, 104.26, 104.8,
                    104.51, 103.97, 104.9, 104.4, 105.58, 105.81, 104.97, 104.92, 105.2, 105.01,
                    104.47, 105.55, 105.91, 105.53, 106.24, 106.56, 106.32, 106.6, 105.87, 104.69);
}
