package io.kline.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The chart page in a window, and what can be read off it. */
final class ChartPage implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Timers of so long run between two answers of the server, ms, and so long these may take. */
    private static final int STEP = 500;

    private static final int ANSWERED = 100;

    private static final String CHART = "document.querySelector('kline-chart')";

    final Page page;

    /** What the console said that it should not have. */
    final List<String> complaints = new ArrayList<>();

    private final BrowserContext context;

    ChartPage(BrowserContext context, String address) {
        this.context = context;
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE.toMillis());
        page.onConsoleMessage(
                message -> {
                    if (List.of("error", "warning").contains(message.type())) {
                        complaints.add(message.text());
                    }
                });
        page.onPageError(complaints::add);
        page.navigate(address);
    }

    /** The klines that the chart draws, oldest first. */
    JsonNode klines() throws Exception {
        return json(CHART + ".klines");
    }

    /** Those of them in view. */
    JsonNode visible() throws Exception {
        return json(CHART + ".visible");
    }

    /** The newest, or JSON's null. */
    JsonNode last() throws Exception {
        return json(CHART + ".klines.at(-1) ?? null");
    }

    int count() {
        return (int) page.evaluate(CHART + ".klines.length");
    }

    /** The open, high, low and close that the chart library holds. */
    JsonNode drawn() throws Exception {
        return json(
                CHART
                        + ".library.main.data()"
                        + ".map(({ open, high, low, close }) => [open, high, low, close])");
    }

    /** The state that the page says it is in. */
    String state() {
        return (String) page.evaluate("document.body.dataset.state");
    }

    void await(String state) {
        page.waitForSelector("body[data-state=" + state + "]");
    }

    /**
     * Lets timers of a window that has a clock run ahead, by ms; what is asked meanwhile is
     * answered meanwhile.
     */
    void pass(int millis) {
        for (int past = 0; past < millis; past += STEP) {
            page.clock().runFor(STEP);
            page.waitForTimeout(ANSWERED);
        }
    }

    private JsonNode json(String expression) throws Exception {
        return new ObjectMapper()
                .readTree((String) page.evaluate("JSON.stringify(" + expression + ")"));
    }

    String text(String selector) {
        return page.textContent(selector);
    }

    /** The part of the address behind the #. */
    String hash() {
        return (String) page.evaluate("location.hash");
    }

    void press(String key) {
        page.focus("kline-chart");
        page.keyboard().press(key);
    }

    @Override
    public void close() {
        // What the page asks for now must not come to a test that is over.
        page.unrouteAll();
        context.close();
    }
}
