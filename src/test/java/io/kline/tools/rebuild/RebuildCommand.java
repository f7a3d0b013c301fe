package io.kline.tools.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.model.Trade;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The command with the settings of a test; keeps what it has printed. */
final class RebuildCommand {

    private final List<String> settings;
    private final Map<String, String> environment;

    /** The printed lines of the last run, those for errors among them. */
    List<String> lines = List.of();

    RebuildCommand(String mysqlPassword, String... settings) {
        this.settings = List.of(settings);
        environment = Map.of("KLINE_MYSQL_PASSWORD", mysqlPassword);
    }

    int run(String... args) {
        List<String> all = new ArrayList<>(Arrays.asList(args));
        all.addAll(settings);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, UTF_8);
        int code = new RebuildMain(environment, out, out).run(all.toArray(String[]::new));
        lines = bytes.toString(UTF_8).lines().toList();
        return code;
    }

    String printed() {
        return String.join("\n", lines);
    }

    /** Writes trades as the topic has them, one a line. */
    static void write(Path file, List<Trade> trades) throws IOException {
        Files.write(file, trades.stream().map(RebuildCommand::event).toList());
    }

    static String event(Trade trade) {
        return ("{\"e\":\"aggTrade\",\"E\":%d,\"s\":\"%s\",\"a\":%d,\"p\":\"%s\",\"q\":\"%s\","
                        + "\"f\":%d,\"l\":%d,\"T\":%d,\"m\":%b}")
                .formatted(
                        trade.time(),
                        trade.symbol(),
                        trade.id(),
                        trade.price().toPlainString(),
                        trade.quantity().toPlainString(),
                        trade.firstId(),
                        trade.lastId(),
                        trade.time(),
                        trade.buyerIsMaker());
    }
}
