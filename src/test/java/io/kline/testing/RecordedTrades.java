package io.kline.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kline.model.Trade;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Recorded trades and candles of real exchanges, beside the project where they are available. */
public final class RecordedTrades {

    private static final Path FOLDER = Path.of("../shared/data");

    private RecordedTrades() {}

    /** The rows of a file, without its header; skips the test where the file is not there. */
    public static List<String[]> rows(String file) throws IOException {
        Path path = FOLDER.resolve(file);
        assumeTrue(Files.exists(path), () -> "skipped: there is no " + path);
        return Files.readAllLines(path).stream().skip(1).map(line -> line.split(",")).toList();
    }

    /** The trades of a file, those of zero price or quantity left out. */
    public static List<Trade> trades(String file) throws IOException {
        return rows(file).stream()
                .map(RecordedTrades::trade)
                .filter(trade -> trade.price().signum() > 0 && trade.quantity().signum() > 0)
                .toList();
    }

    /** The trade events of a file, as they are sent to Kafka. */
    public static List<String> events(String file) throws IOException {
        return rows(file).stream().map(row -> event(trade(row))).toList();
    }

    /** A trade event. */
    public static String event(Trade trade) {
        return "{\"e\":\"trade\",\"E\":%d,\"s\":\"%s\",\"t\":%d,\"p\":\"%s\",\"q\":\"%s\",\"T\":%d,\"m\":%b,\"M\":true}"
                .formatted(
                        trade.time(),
                        trade.symbol(),
                        trade.id(),
                        trade.price().toPlainString(),
                        trade.quantity().toPlainString(),
                        trade.time(),
                        trade.buyerIsMaker());
    }

    private static Trade trade(String... row) {
        long id = Long.parseLong(row[1]);
        return new Trade(
                row[0],
                id,
                id,
                new BigDecimal(row[2]),
                new BigDecimal(row[3]),
                Long.parseLong(row[4]),
                Boolean.parseBoolean(row[5]));
    }
}
