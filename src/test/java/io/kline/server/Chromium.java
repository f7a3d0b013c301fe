package io.kline.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The Chromium of this machine, driven by Playwright, for all tests of a class. Where there is none
 * the tests are skipped, but in CI they fail.
 */
final class Chromium implements BeforeAllCallback, AfterAllCallback {

    private static final List<String> NAMES =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    /** Without a sandbox, which root has none of, and without what looks for hosts elsewhere. */
    private static final List<String> FLAGS =
            List.of(
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync");

    private Playwright playwright;
    private Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        Optional<Path> executable = find();
        if (executable.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new IllegalStateException("no Chromium is installed");
        }
        assumeTrue(executable.isPresent(), "no Chromium is installed: the chart is not tested");
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(executable.get())
                                        .setArgs(FLAGS));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (playwright != null) {
            // With its browser.
            playwright.close();
        }
    }

    private static Optional<Path> find() {
        return Stream.of(System.getenv("PATH").split(":"))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** A window of its own, without anything remembered. */
    ChartPage open(String address, int width, int height) {
        return new ChartPage(context(width, height), address);
    }

    /** A window in which a script runs before those of the page. */
    ChartPage open(String address, String script) {
        BrowserContext context = context(1400, 800);
        context.addInitScript(script);
        return new ChartPage(context, address);
    }

    /** A window whose time the test lets pass: {@link ChartPage#pass}. */
    ChartPage openWithClock(String address) {
        BrowserContext context = context(1400, 800);
        context.clock().install();
        return new ChartPage(context, address);
    }

    private BrowserContext context(int width, int height) {
        return browser.newContext(
                new Browser.NewContextOptions()
                        .setViewportSize(width, height)
                        .setReducedMotion(ReducedMotion.REDUCE)
                        .setTimezoneId("UTC"));
    }
}
