package io.kline.tools.bench.peers;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import org.apache.flink.streaming.api.functions.windowing.ProcessWindowFunction;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;
import org.apache.flink.util.Collector;

/** Makes a candle of what a window holds when it fires. */
final class WindowCandle extends ProcessWindowFunction<Bar, Candle, String, TimeWindow> {

    private final String interval;

    WindowCandle(String interval) {
        this.interval = interval;
    }

    @Override
    public void process(String symbol, Context at, Iterable<Bar> bars, Collector<Candle> out) {
        TimeWindow window = at.window();
        out.collect(
                new Candle(
                        new CandleKey(symbol, interval, window.getStart()),
                        window.maxTimestamp(),
                        bars.iterator().next().ohlcv(),
                        at.currentWatermark() >= window.maxTimestamp()));
    }
}
