package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Ohlcv;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The candles of an interval that the minutes of a symbol make. */
final class ExpectedCandles {

    private final String symbol;
    private final Interval interval;
    private final long carryFor;

    /**
     * @param carryFor {@code kline.carry-for}, ms
     */
    ExpectedCandles(String symbol, Interval interval, long carryFor) {
        this.symbol = symbol;
        this.interval = interval;
        this.carryFor = carryFor;
    }

    /**
     * The candles that open in [from, to), ms, by open time; both are open times.
     *
     * @return closed candles of revision 0
     */
    NavigableMap<Long, Candle> of(Minutes minutes, long from, long to) {
        NavigableMap<Long, Candle> candles = new TreeMap<>();
        NavigableMap<Long, Ohlcv> traded = minutes.traded();
        Map.Entry<Long, Ohlcv> earlier = traded.lowerEntry(from);
        Ohlcv last = earlier == null ? minutes.before() : earlier.getValue().carried();
        for (long open = from; open < to; ) {
            long end = interval.nextOpen(open);
            Ohlcv content =
                    traded.subMap(open, end).values().stream().reduce(Ohlcv::plus).orElse(last);
            boolean exists =
                    content != null
                            && (!content.isFlat() || open < content.last().time() + carryFor);
            if (exists) {
                CandleKey key = new CandleKey(symbol, interval.code(), open);
                candles.put(open, new Candle(key, end - 1, content, true));
                last = content.carried();
            }
            open = end;
        }
        return candles;
    }
}
