package io.kline.tools.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Where something was wrong in one reading of a symbol. */
final class Places {

    /** Beyond it single places are no longer kept apart. */
    private static final int MOST = 10_000;

    /** From the first candle to the last one, open times in ms, by interval; none overlap. */
    private final Map<String, NavigableMap<Long, Long>> candles = new HashMap<>();

    private final Set<Place> others = new HashSet<>();
    private int added;

    void add(Place place) {
        added++;
        if (added > MOST) {
            return;
        }
        if (place.from() == null) {
            others.add(place);
            return;
        }
        NavigableMap<Long, Long> ranges =
                candles.computeIfAbsent(place.interval(), code -> new TreeMap<>());
        long from = place.from();
        long to = place.to();
        Map.Entry<Long, Long> other = ranges.floorEntry(to);
        while (other != null && other.getValue() >= from) {
            from = Math.min(from, other.getKey());
            to = Math.max(to, other.getValue());
            ranges.remove(other.getKey());
            other = ranges.floorEntry(to);
        }
        ranges.put(from, to);
    }

    /** Whether any of its candles was wrong; with too many to know, each one was. */
    boolean touch(Place place) {
        if (added > MOST) {
            return true;
        }
        if (place.from() == null) {
            return others.contains(place);
        }
        NavigableMap<Long, Long> ranges = candles.get(place.interval());
        Map.Entry<Long, Long> nearest = ranges == null ? null : ranges.floorEntry(place.to());
        return nearest != null && nearest.getValue() >= place.from();
    }
}
