package io.kline.candle;

import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Stretches of time in which the flat candles of a series are to be issued. Any number of candles
 * takes the room of one.
 */
public final class FlatRanges {

    /** That of nearly all series at nearly all times, which need none of their own. */
    private static final NavigableMap<Long, Long> NONE = Collections.emptyNavigableMap();

    private NavigableMap<Long, Long> ranges;

    /** Nothing to be issued. */
    public FlatRanges() {
        this(NONE);
    }

    /**
     * Ranges as they were.
     *
     * @param ranges from the open time of the first candle to that of the one behind the last, ms;
     *     disjoint
     */
    public FlatRanges(NavigableMap<Long, Long> ranges) {
        this.ranges = ranges.isEmpty() ? NONE : ranges;
    }

    /** From the open time of the first candle to that of the one behind the last, ms. */
    public NavigableMap<Long, Long> ranges() {
        return ranges;
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Time in all ranges, ms. */
    long length() {
        long length = 0;
        for (Map.Entry<Long, Long> range : ranges.entrySet()) {
            length += range.getValue() - range.getKey();
        }
        return length;
    }

    /** Adds the candles that open in [from, to), ms. */
    void add(long from, long to) {
        if (from >= to) {
            return;
        }
        long first = from;
        long end = to;
        Map.Entry<Long, Long> range = ranges.floorEntry(to);
        while (range != null && range.getValue() >= first) {
            first = Math.min(first, range.getKey());
            end = Math.max(end, range.getValue());
            ranges.remove(range.getKey());
            range = ranges.floorEntry(to);
        }
        if (ranges.isEmpty()) {
            ranges = new TreeMap<>();
        }
        ranges.put(first, end);
    }

    /** Removes the candles that open in [from, to), ms. */
    void remove(long from, long to) {
        if (from < to) {
            cut(from, to);
            ranges = ranges.isEmpty() ? NONE : ranges;
        }
    }

    private void cut(long from, long to) {
        Map.Entry<Long, Long> range = ranges.lowerEntry(to);
        while (range != null && range.getValue() > from) {
            ranges.remove(range.getKey());
            if (range.getValue() > to) {
                ranges.put(to, range.getValue());
            }
            if (range.getKey() < from) {
                ranges.put(range.getKey(), from);
                return;
            }
            range = ranges.lowerEntry(to);
        }
    }

    /**
     * The first open time at or after {@code from}, ms; {@code Long.MAX_VALUE} if there is none.
     */
    long next(long from) {
        Map.Entry<Long, Long> range = ranges.floorEntry(from);
        if (range != null && range.getValue() > from) {
            return from;
        }
        Long next = ranges.ceilingKey(from);
        return next == null ? Long.MAX_VALUE : next;
    }

    /** Where the range ends that holds {@code open}, ms. */
    long endOf(long open) {
        return ranges.floorEntry(open).getValue();
    }

    FlatRanges copy() {
        return ranges.isEmpty() ? new FlatRanges() : new FlatRanges(new TreeMap<>(ranges));
    }
}
