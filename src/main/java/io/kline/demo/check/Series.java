package io.kline.demo.check;

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
record Series(
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
    List<Both> merged() {
        NavigableMap<Long, Candle> redis = recent();
        List<Both> merged = new ArrayList<>(rows.size() + 1);
        for (Candle row : rows) {
            while (!redis.isEmpty() && redis.firstKey() < row.openTime()) {
                merged.add(new Both(redis.pollFirstEntry().getValue(), null));
            }
            merged.add(new Both(redis.remove(row.openTime()), row));
        }
        redis.values().forEach(candle -> merged.add(new Both(candle, null)));
        return merged;
    }
}
