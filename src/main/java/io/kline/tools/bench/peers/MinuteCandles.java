package io.kline.tools.bench.peers;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.kline.model.CandleKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last row of each candle of a minute that a peer has written. Thread safe; a peer writes each
 * candle by one thread.
 */
final class MinuteCandles {

    /** Those of this process: a sink of Flink is serialized, and finds its own here. */
    private static final Map<String, MinuteCandles> BY_NAME = new ConcurrentHashMap<>();

    private final Map<CandleKey, MinuteCandle> rows = new ConcurrentHashMap<>();

    /** The candles of that name; none before it is first asked for. */
    static MinuteCandles named(String name) {
        return BY_NAME.computeIfAbsent(name, first -> new MinuteCandles());
    }

    /** A name that nobody has. */
    static String newName() {
        return UUID.randomUUID().toString();
    }

    /** Writes a candle over an earlier row of it. */
    void put(MinuteCandle candle) {
        rows.put(new CandleKey(candle.symbol(), "1m", candle.openTime()), candle);
    }

    /** Writes all of them, by symbol and time. */
    void write(Path file) throws IOException {
        try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file)) {
            for (MinuteCandle row : new TreeMap<>(rows).values()) {
                csv.writeRecord(row.columns());
            }
        }
    }
}
