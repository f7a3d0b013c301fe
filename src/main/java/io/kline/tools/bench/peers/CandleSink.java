package io.kline.tools.bench.peers;

import io.kline.model.Candle;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps the last row of each candle of a minute, in this process. */
final class CandleSink implements Sink<Candle> {

    private final String name;

    /**
     * @param name of the {@link MinuteCandles}
     */
    CandleSink(String name) {
        this.name = name;
    }

    @Override
    public SinkWriter<Candle> createWriter(WriterInitContext context) {
        MinuteCandles candles = MinuteCandles.named(name);
        return new SinkWriter<>() {
            @Override
            public void write(Candle candle, Context at) {
                candles.put(MinuteCandle.of(candle));
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
