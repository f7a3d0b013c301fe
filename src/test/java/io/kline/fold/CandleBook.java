package io.kline.fold;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.testing.NaiveCandles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the newest version of every candle, as a store does, and refuses to see one go back. */
final class CandleBook implements CandleOutput {

    final Map<String, TreeMap<Long, Candle>> candles = new HashMap<>();
    final List<String> late = new ArrayList<>();
    int emitted;

    @Override
    public void candle(Candle candle) {
        emitted++;
        Candle old =
                candles.computeIfAbsent(candle.interval(), code -> new TreeMap<>())
                        .put(candle.openTime(), NaiveCandles.plain(candle));
        if (old != null && candle.version().compareTo(old.version()) < 0) {
            throw new AssertionError("went back from " + old + " to " + candle);
        }
    }

    @Override
    public void late(Interval interval, long openTime, Fold trades, boolean carried) {
        late.add(interval.code() + " " + openTime + " " + trades.lastId());
    }

    List<Candle> of(Interval interval) {
        return List.copyOf(candles.getOrDefault(interval.code(), new TreeMap<>()).values());
    }
}
