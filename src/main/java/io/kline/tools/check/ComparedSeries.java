package io.kline.tools.check;

import io.kline.model.Candle;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The candles of one symbol and interval that can be compared.
 *
 * @param rows MySQL's, oldest first
 * @param history Redis' history by open time
 * @param latest Redis' latest, or null
 */
record ComparedSeries(
        String symbol,
        OpenTimes times,
        List<Candle> rows,
        NavigableMap<Long, Candle> history,
        Candle latest) {

    /** History and latest of Redis by open time. */
    NavigableMap<Long, Candle> recent() {
        NavigableMap<Long, Candle> recent = new TreeMap<>(history);
        if (latest != null) {
            recent.putIfAbsent(latest.openTime(), latest);
        }
        return recent;
    }

    /** Every candle that a store holds, oldest first. */
    List<StoredPair> merged() {
        NavigableMap<Long, Candle> redis = recent();
        List<StoredPair> merged = new ArrayList<>(rows.size() + 1);
        for (Candle row : rows) {
            while (!redis.isEmpty() && redis.firstKey() < row.openTime()) {
                merged.add(new StoredPair(redis.pollFirstEntry().getValue(), null));
            }
            merged.add(new StoredPair(redis.remove(row.openTime()), row));
        }
        redis.values().forEach(candle -> merged.add(new StoredPair(candle, null)));
        return merged;
    }
}
