package io.kline.tools.bench.peers;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.types.Row;
import org.apache.flink.types.RowKind;

/**
 * Keeps the last row of each candle of a changelog, in this process. Columns are symbol, open time
 * (ms, or a time in UTC), and those of {@link SqlTrades#AGGREGATES}.
 */
final class RowSink implements Sink<Row> {

    private final String name;

    /**
     * @param name of the {@link MinuteCandles}
     */
    RowSink(String name) {
        this.name = name;
    }

    @Override
    public SinkWriter<Row> createWriter(WriterInitContext context) {
        MinuteCandles candles = MinuteCandles.named(name);
        return new SinkWriter<>() {
            @Override
            public void write(Row row, Context at) throws IOException {
                if (row.getKind() == RowKind.INSERT || row.getKind() == RowKind.UPDATE_AFTER) {
                    candles.put(candle(row));
                }
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }

    private static MinuteCandle candle(Row row) {
        return new MinuteCandle(
                (String) row.getField(0),
                openTime(row.getField(1)),
                (BigDecimal) row.getField(2),
                (BigDecimal) row.getField(3),
                (BigDecimal) row.getField(4),
                (BigDecimal) row.getField(5),
                (BigDecimal) row.getField(6),
                (Long) row.getField(7));
    }

    private static long openTime(Object column) {
        return column instanceof LocalDateTime time
                ? time.toInstant(ZoneOffset.UTC).toEpochMilli()
                : (Long) column;
    }
}
