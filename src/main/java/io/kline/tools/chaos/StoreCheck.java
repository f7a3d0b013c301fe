package io.kline.tools.chaos;

import io.kline.tools.check.CheckMain;
import io.kline.tools.stack.ServerProcess;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The checker of {@code scripts/check.sh} on the servers of a world.
 *
 * @param out where violations are printed
 */
record StoreCheck(ServerProcess kafka, ServerProcess redis, String mysqlUrl, PrintStream out) {

    /**
     * Runs it, and returns whether it found nothing.
     *
     * @param settle how long what is wrong is read again
     * @param more arguments
     */
    boolean agrees(Duration settle, List<String> more) {
        ByteArrayOutputStream report = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(report, true, StandardCharsets.UTF_8);
        List<String> args = new ArrayList<>(more);
        args.addAll(List.of("--max-print", "20", "--settle", settle.toSeconds() + "s"));
        args.addAll(List.of("--kafka.bootstrap.servers", kafka.address()));
        args.addAll(List.of("--redis.nodes", redis.address()));
        args.addAll(List.of("--mysql.url", mysqlUrl));
        int code = new CheckMain(Map.of(), print, print).run(args.toArray(String[]::new));
        if (code != 0) {
            out.println(report.toString(StandardCharsets.UTF_8));
        }
        return code == 0;
    }
}
