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

/**
 * Keeps the last version of each candle in this process. The latest candle of a series, which
 * almost all versions are of, is replaced in place: a map of all candles would cost more than what
 * is measured.
 */
final class KeptCandles implements Sink<Candle> {

    /** Of each writer: a candle has one. */
    private static final Queue<Own> ALL = new ConcurrentLinkedQueue<>();

    @Override
    public SinkWriter<Candle> createWriter(WriterInitContext context) {
        Own own = new Own();
        ALL.add(own);
        return NullSink.writer(own::keep);
    }

    /** Those of one writer. */
    private static final class Own {

        private final Map<String, Map<String, Candle>> latest = new HashMap<>();
        private final Map<CandleKey, Candle> older = new HashMap<>();

        void keep(Candle candle) {
            Map<String, Candle> symbol =
                    latest.computeIfAbsent(candle.symbol(), any -> new HashMap<>());
            Candle before = symbol.get(candle.interval());
            if (before != null && candle.openTime() < before.openTime()) {
                older.put(candle.key(), candle);
                return;
            }
            if (before != null && candle.openTime() > before.openTime()) {
                older.put(before.key(), before);
            }
            symbol.put(candle.interval(), candle);
        }

        void addTo(Map<CandleKey, Candle> all) {
            all.putAll(older);
            latest.values()
                    .forEach(symbol -> symbol.values().forEach(each -> all.put(each.key(), each)));
        }
    }

    /** Writes the candles, with the late trades in them, for {@link NaiveFold#compare}. */
    static void write(Path file, Collection<LateTrade> late) throws IOException {
        Map<CandleKey, Candle> candles = new HashMap<>();
        ALL.forEach(own -> own.addTo(candles));
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
