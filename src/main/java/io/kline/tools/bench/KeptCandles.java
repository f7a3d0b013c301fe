package io.kline.tools.bench;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps the last version of each candle in this process: an entry of a map is all it costs. */
final class KeptCandles implements Sink<Candle> {

    /** Of each writer: a candle has one. */
    private static final Queue<Map<CandleKey, Candle>> ALL = new ConcurrentLinkedQueue<>();

    @Override
    public SinkWriter<Candle> createWriter(WriterInitContext context) {
        Map<CandleKey, Candle> own = new HashMap<>();
        ALL.add(own);
        return NullSink.writer(candle -> own.put(candle.key(), candle));
    }

    /** Writes the candles, with the late trades in them, for {@link NaiveFold#compare}. */
    static void write(Path file, Collection<LateTrade> late) throws IOException {
        Map<CandleKey, Candle> candles = new HashMap<>();
        ALL.forEach(candles::putAll);
        for (LateTrade one : late) {
            Ohlcv trade = Ohlcv.of(one.trade());
            candles.compute(
                    one.candle(),
                    (key, candle) ->
                            candle == null
                                    // Before the first candle of its symbol; nobody asks for its
                                    // end.
                                    ? new Candle(key, key.openTime(), trade, true)
                                    : candle.with(candle.ohlcv().plus(trade)));
        }
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Candle candle : candles.values()) {
                out.write(line(candle));
            }
        }
    }

    private static String line(Candle candle) {
        return candle.symbol()
                + ","
                + candle.openTime()
                + ","
                + NaiveCandle.row(
                        candle.open(),
                        candle.high(),
                        candle.low(),
                        candle.close(),
                        candle.volume(),
                        candle.count())
                + ","
                + candle.interval()
                + "\n";
    }
}
