package io.kline.sink.redis;

import io.kline.model.Candle;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An element of the writer's state: unwritten candles of one symbol, as bytes. Flink spreads the
 * elements over the writers when their number changes; an element per symbol keeps them few.
 */
final class UnwrittenCandles {

    private final byte[] bytes;

    /**
     * @param bytes those of another one
     */
    UnwrittenCandles(byte[] bytes) {
        this.bytes = bytes;
    }

    static UnwrittenCandles of(String symbol, Collection<WaitingSeries> intervals) {
        long expected = 0;
        for (WaitingSeries series : intervals) {
            expected += series.bytes();
        }
        CompactOutput out = new CompactOutput(Math.toIntExact(expected));
        out.text(symbol);
        intervals.forEach(series -> series.writeTo(out));
        return new UnwrittenCandles(out.toBytes());
    }

    /**
     * The candles, oldest first within each interval.
     *
     * @throws IllegalArgumentException if the bytes are damaged
     */
    List<Candle> candles() {
        List<Candle> candles = new ArrayList<>();
        CompactInput in = new CompactInput(bytes);
        String symbol = in.text();
        while (in.hasMore()) {
            String interval = in.text();
            long openTime = 0;
            for (long rest = in.number(); rest > 0; rest--) {
                openTime += in.number();
                candles.add(CompactCandle.read(symbol, interval, openTime, in.bytes()));
            }
        }
        return candles;
    }

    byte[] bytes() {
        return bytes;
    }
}
