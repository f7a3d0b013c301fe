package io.kline.tools.bench;

import io.kline.tools.check.CheckMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether both stores hold the candles of the topic of trades, by {@code check.sh --topic}. */
final class StoredCandlesVerdict {

    private StoredCandlesVerdict() {}

    /**
     * Compares.
     *
     * @throws WrongResultException if they do not, with the first violations
     */
    static void require(RunTopics topics, String... settings) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(report, true, StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(List.of("--topic", "--max-print=3", "--settle=60s"));
        args.addAll(topics.settings(settings));
        if (new CheckMain(Map.of(), print, print).run(args.toArray(String[]::new)) != 0) {
            throw new WrongResultException(report.toString(StandardCharsets.UTF_8));
        }
    }
}
