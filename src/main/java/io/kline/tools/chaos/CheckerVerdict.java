package io.kline.tools.chaos;

import io.kline.tools.check.CheckMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the stores hold the candles of what was sent, as the checker sees it. */
final class CheckerVerdict {

    private final Servers servers;
    private final List<String> settings;
    private final PrintStream out;
    private List<String> symbols = List.of();

    /**
     * @param settings those of the live job
     * @param out gets the violations
     */
    CheckerVerdict(Servers servers, List<String> settings, PrintStream out) {
        this.servers = servers;
        this.settings = settings;
        this.out = out;
    }

    /** Checks these symbols alone from now on. */
    void checkOnly(List<String> some) {
        symbols = List.of("--symbols", String.join(",", some));
    }

    /**
     * Compares the stores with the topic of trades.
     *
     * @param settle how long what is wrong is read again
     */
    boolean agrees(Duration settle) {
        List<String> args = new ArrayList<>(List.of("--topic"));
        args.addAll(symbols);
        args.addAll(settings);
        return check(settle, args);
    }

    /** Runs the checker with more arguments, and returns whether it found nothing. */
    boolean check(Duration settle, List<String> more) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(report, true, StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(more);
        args.addAll(List.of("--max-print", "20", "--settle", settle.toSeconds() + "s"));
        args.addAll(servers.argumentsOfTools());
        int code = new CheckMain(Map.of(), print, print).run(args.toArray(String[]::new));
        if (code != 0) {
            out.println(report.toString(StandardCharsets.UTF_8));
        }
        return code == 0;
    }
}
