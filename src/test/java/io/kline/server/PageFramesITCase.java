package io.kline.server;

import static io.kline.server.TestStores.SYMBOL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Scrolling over 15,000 candles. What is in view is asserted; how long frames took depends on the
 * machine, and goes to {@code target/page-frames.json}.
 */
@Timeout(180)
class PageFramesITCase {

    private static final int CANDLES = 15_000;
    private static final int IN_REDIS = 1_500;
    private static final int IN_VIEW = 150;
    private static final int FRAMES = 300;
    private static final int STEP = 40;

    /** Time between frames, and what the page's thread had to do for each, ms. */
    private static final String SCROLL =
            """
            async ([frames, step, inView]) => {
                const chart = document.querySelector('kline-chart');
                const painted = new MessageChannel();
                const frame = () => new Promise(requestAnimationFrame);
                const afterPaint = () => new Promise((done) => {
                    painted.port1.onmessage = done;
                    painted.port2.postMessage(null);
                });
                let from = chart.klines.length - inView;
                chart.view = { from, to: from + inView };
                await frame();
                let before = await frame();
                const between = [];
                const work = [];
                for (let i = 0; i < frames; i++) {
                    from -= step;
                    chart.view = { from, to: from + inView };
                    const now = await frame();
                    const begin = performance.now();
                    await afterPaint();
                    work.push(performance.now() - begin);
                    between.push(now - before);
                    before = now;
                }
                const of = (times) => {
                    times.sort((a, b) => a - b);
                    const at = (part) => Math.round(10 * times[Math.floor(part * (times.length - 1))]) / 10;
                    return { median: at(0.5), p95: at(0.95), longest: at(1) };
                };
                return JSON.stringify({ candles: chart.klines.length, between: of(between), work: of(work) });
            }
            """;

    @RegisterExtension static final TestServer server = new TestServer(PageFramesITCase::filled);

    @RegisterExtension static final Chromium chromium = new Chromium();

    @Test
    void scrollsOverAllCandles() throws Exception {
        try (ChartPage page =
                chromium.open(
                        "http://127.0.0.1:" + server.port() + "/#" + SYMBOL + "/1m", 1400, 800)) {
            Await.until(ChartPage.PATIENCE, "candles", () -> page.count() > 0);
            Await.until(
                    ChartPage.PATIENCE,
                    "all candles",
                    () -> {
                        page.page.evaluate(
                                "document.querySelector('kline-chart').view = { from: -50, to: 100 }");
                        page.page.waitForTimeout(50);
                        return page.count() == CANDLES;
                    });
            String figures = (String) page.page.evaluate(SCROLL, List.of(FRAMES, STEP, IN_VIEW));
            Files.writeString(Path.of("target", "page-frames.json"), figures + "\n");
            JsonNode seen = page.visible();
            int left = CANDLES - IN_VIEW - FRAMES * STEP;
            assertThat(seen.get(0).get("t").asLong())
                    .isEqualTo(TestStores.FIRST + left * TestStores.MINUTE);
            assertThat(seen).hasSize(IN_VIEW + 1);
            assertThat(new ObjectMapper().readTree(figures).get("candles").asInt())
                    .isEqualTo(CANDLES);
            assertThat(page.complaints).isEmpty();
        }
    }

    private static CandleStores filled() throws Exception {
        CandleStores stores = TestStores.empty();
        stores.fill(
                IntStream.range(0, CANDLES)
                        .mapToObj(n -> TestStores.candle(SYMBOL, n, 2, n < CANDLES - 1))
                        .toList(),
                IN_REDIS);
        return stores;
    }
}
