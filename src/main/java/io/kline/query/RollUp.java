package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Interval.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Candles of an interval that is not stored, made of those of a smaller one that is: days of
 * another zone out of hours. Holds one page of stored candles at a time.
 *
 * @param target what is wanted
 * @param source what is stored, see {@link #fits}
 */
record RollUp(Interval target, Interval source) {

    private static final int PAGE = 4_000;

    /** Stored candles that one answer is made of, at most. */
    static final int MOST_STORED = 100_000;

    private static final long DAY_MILLIS = 86_400_000;

    /** Whether each candle of one interval lies in one candle of another. */
    static boolean fits(Interval source, Interval target) {
        if (source.unit() == Unit.MONTH) {
            return false;
        }
        // A month begins at a midnight, any midnight.
        long targetMillis = target.unit() == Unit.MONTH ? DAY_MILLIS : length(target);
        long boundary = target.openOf(0);
        return targetMillis % length(source) == 0 && source.openOf(boundary) == boundary;
    }

    /** How long the candles of an interval other than months are, ms. */
    static long length(Interval interval) {
        return interval.nextOpen(0);
    }

    /**
     * The candles of a range, oldest first: fewer than its limit where they would be made of more
     * than {@link #MOST_STORED}.
     *
     * @param stored reads a range of stored candles, oldest first
     */
    List<Candle> read(Range range, Function<Range, List<Candle>> stored) {
        int limit = Math.min(range.limit(), most());
        Long end = range.end() == null ? null : closeOf(target.openOf(range.end()));
        if (range.start() == null) {
            List<Candle> newest = stored.apply(new Range(null, end, 1));
            return newest.isEmpty()
                    ? List.of()
                    : fold(firstOfNewest(newest.get(0), limit), end, limit, stored);
        }
        long open = target.openOf(range.start());
        long first = open == range.start() ? open : target.nextOpen(open);
        return range.end() != null && first > range.end()
                ? List.of()
                : fold(first, end, limit, stored);
    }

    private int most() {
        long open = target.openOf(0);
        long stored = (target.nextOpen(open) - open) / length(source);
        return (int) Math.max(1, MOST_STORED / stored);
    }

    private long firstOfNewest(Candle newest, int limit) {
        long open = target.openOf(newest.openTime());
        for (int i = 1; i < limit; i++) {
            open = target.openOf(open - 1);
        }
        return open;
    }

    private List<Candle> fold(
            long first, Long end, int limit, Function<Range, List<Candle>> stored) {
        List<Candle> folded = new ArrayList<>();
        RolledUp current = null;
        List<Candle> next = stored.apply(new Range(first, end, 1));
        while (!next.isEmpty()) {
            // By time, so that Redis need not tell of candles beyond the page.
            long from = next.get(0).openTime();
            long to = from + PAGE * length(source) - 1;
            boolean isLast = end != null && end <= to;
            for (Candle candle : stored.apply(new Range(from, isLast ? end : (Long) to, PAGE))) {
                long open = target.openOf(candle.openTime());
                if (current != null && current.openTime() != open) {
                    folded.add(current.candle());
                    current = null;
                    if (folded.size() == limit) {
                        return folded;
                    }
                }
                if (current == null) {
                    current = new RolledUp(target.code(), open, closeOf(open));
                }
                current.add(candle);
            }
            next = isLast ? List.of() : stored.apply(new Range(to + 1, end, 1));
        }
        if (current != null) {
            folded.add(current.candle());
        }
        return folded;
    }

    private long closeOf(long open) {
        return target.nextOpen(open) - 1;
    }
}
