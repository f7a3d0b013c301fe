package io.kline.tools.bench.peers;

import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Keeps the last row of each candle of a minute, in this process.
 *
 * @param name of the {@link MinuteCandles}
 * @param reader makes candles of rows
 */
record MinuteCandleSink<T>(String name, Reader<T> reader) implements Sink<T> {

    /** What a row says. */
    interface Reader<T> extends Serializable {

        /** The candle of a row; null if it takes one back. */
        MinuteCandle candle(T row);
    }

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        MinuteCandles candles = MinuteCandles.named(name);
        return new SinkWriter<>() {
            @Override
            public void write(T row, Context at) {
                MinuteCandle candle = reader.candle(row);
                if (candle != null) {
                    candles.put(candle);
                }
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
