package io.kline.tools.check;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The stretches of time in which a symbol has candles: each begins with a trade, and ends when none
 * came for as long as prices are carried. A candle exists if it opens within a stretch, or if a
 * stretch begins in it.
 */
final class Stretches {

    private final long carryFor;
    private final NavigableMap<Long, Long> endsByStart = new TreeMap<>();

    /**
     * @param carryFor how long after a trade flat candles open, ms
     */
    Stretches(long carryFor) {
        this.carryFor = carryFor;
    }

    /** Takes the time of a trade, ms. */
    void add(long time) {
        long start = time;
        long end = time + carryFor;
        Map.Entry<Long, Long> before = endsByStart.floorEntry(time);
        if (before != null && before.getValue() >= time) {
            start = before.getKey();
            end = Math.max(end, before.getValue());
        }
        Map.Entry<Long, Long> after = endsByStart.higherEntry(time);
        while (after != null && after.getKey() <= end) {
            end = Math.max(end, after.getValue());
            endsByStart.remove(after.getKey());
            after = endsByStart.higherEntry(time);
        }
        endsByStart.put(start, end);
    }

    /** The first ms that is no longer in it, by the first one that is. */
    NavigableMap<Long, Long> endsByStart() {
        return Collections.unmodifiableNavigableMap(endsByStart);
    }
}
