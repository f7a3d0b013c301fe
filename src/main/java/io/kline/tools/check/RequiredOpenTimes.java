package io.kline.tools.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Which candles of an interval there are, by the numbers of {@link OpenTimes}. */
final class RequiredOpenTimes {

    /** Neighbouring candles, from the first to the last one. */
    record Range(long first, long last) {

        long size() {
            return last - first + 1;
        }
    }

    private final NavigableMap<Long, Long> lastByFirst = new TreeMap<>();

    RequiredOpenTimes(Stretches stretches, OpenTimes times) {
        stretches
                .endsByStart()
                .forEach((start, end) -> append(times.number(start), times.number(end - 1)));
    }

    /** In one large candle a stretch may end and the next one begin. */
    private void append(long first, long last) {
        Map.Entry<Long, Long> before = lastByFirst.lastEntry();
        boolean touches = before != null && before.getValue() >= first;
        lastByFirst.put(touches ? before.getKey() : Long.valueOf(first), last);
    }

    /** Those from {@code first} to {@code last}, oldest first. */
    List<Range> within(long first, long last) {
        List<Range> within = new ArrayList<>();
        Long begin = lastByFirst.floorKey(first);
        if (first <= last) {
            lastByFirst
                    .subMap(begin == null ? Long.valueOf(first) : begin, true, last, true)
                    .forEach(
                            (from, to) -> {
                                if (to >= first) {
                                    within.add(
                                            new Range(Math.max(first, from), Math.min(last, to)));
                                }
                            });
        }
        return within;
    }

    boolean contains(long number) {
        Map.Entry<Long, Long> nearest = lastByFirst.floorEntry(number);
        return nearest != null && nearest.getValue() >= number;
    }

    /** The last one up to {@code number}, or null. */
    Long upTo(long number) {
        Map.Entry<Long, Long> nearest = lastByFirst.floorEntry(number);
        return nearest == null ? null : Long.valueOf(Math.min(number, nearest.getValue()));
    }

    /** The first of the newest {@code count} up to {@code last}; of all, if there are fewer. */
    long firstOfNewest(long count, long last) {
        long missing = count;
        long first = Long.MIN_VALUE;
        for (Map.Entry<Long, Long> range :
                lastByFirst.headMap(last, true).descendingMap().entrySet()) {
            long to = Math.min(last, range.getValue());
            first = range.getKey();
            if (to - first + 1 >= missing) {
                return to - missing + 1;
            }
            missing -= to - first + 1;
        }
        return first;
    }

    /** How many there are from {@code first} to {@code last}. */
    long count(long first, long last) {
        return within(first, last).stream().mapToLong(Range::size).sum();
    }
}
