package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Interval.Unit;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
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

    /** Rests of a symbol that the newest candles may lie on both sides of. */
    private static final int MOST_RESTS = 10;

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

    /** The longest stored interval that another one can be made of. */
    static Optional<Interval> source(List<Interval> stored, Interval target) {
        return stored.stream()
                .filter(source -> fits(source, target))
                .max(Comparator.comparingLong(RollUp::length));
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
            return newest(end, limit, stored);
        }
        long open = target.openOf(range.start());
        long first = open == range.start() ? open : target.nextOpen(open);
        return range.end() != null && first > range.end()
                ? List.of()
                : fold(first, end, limit, stored);
    }

    /** How many stored candles the answer to a range is made of, at most. */
    int stored(Range range) {
        long candles = Math.min(range.limit(), most());
        if (range.start() != null && range.end() != null) {
            long millis = Math.max(0, range.end() - range.start());
            candles = Math.min(candles, millis / (perCandle() * length(source)) + 1);
        }
        return (int) (candles * perCandle());
    }

    /**
     * One candle of all its parts.
     *
     * @param parts stored candles, oldest first, at least one
     */
    Candle fold(Collection<Candle> parts) {
        Candle sum = null;
        for (Candle part : parts) {
            sum = plus(sum, target.openOf(part.openTime()), part);
        }
        return finished(sum);
    }

    private int most() {
        return (int) Math.max(1, MOST_STORED / perCandle());
    }

    /** Of how many stored candles one is made. */
    long perCandle() {
        long open = target.openOf(0);
        return (target.nextOpen(open) - open) / length(source);
    }

    private List<Candle> newest(Long end, int limit, Function<Range, List<Candle>> stored) {
        List<Candle> candles = new ArrayList<>();
        Long before = end;
        for (int rests = 0; rests <= MOST_RESTS && candles.size() < limit; rests++) {
            List<Candle> newest = stored.apply(new Range(null, before, 1));
            if (newest.isEmpty()) {
                break;
            }
            int left = limit - candles.size();
            long first = firstOfNewest(newest.get(0), left);
            candles.addAll(0, fold(first, before, left, stored));
            before = first - 1;
        }
        return candles;
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
        Candle current = null;
        List<Candle> next = stored.apply(new Range(first, end, 1));
        while (!next.isEmpty()) {
            // By time, so that Redis reads no candles beyond the page.
            long from = next.get(0).openTime();
            long to = from + PAGE * length(source) - 1;
            boolean isLast = end != null && end <= to;
            for (Candle candle : stored.apply(new Range(from, isLast ? end : (Long) to, PAGE))) {
                long open = target.openOf(candle.openTime());
                if (current != null && current.openTime() != open) {
                    folded.add(finished(current));
                    current = null;
                    if (folded.size() == limit) {
                        return folded;
                    }
                }
                current = plus(current, open, candle);
            }
            next = isLast ? List.of() : stored.apply(new Range(to + 1, end, 1));
        }
        if (current != null) {
            folded.add(finished(current));
        }
        return folded;
    }

    /**
     * The candle with its next part.
     *
     * @param sum the candle of the parts before it, or null
     * @param open when the candle opens, ms
     */
    private Candle plus(Candle sum, long open, Candle part) {
        long close = closeOf(open);
        return new Candle(
                new CandleKey(part.symbol(), target.code(), open),
                close,
                sum == null ? ordered(part) : sum.ohlcv().plus(ordered(part)),
                part.closed() && part.closeTime() == close,
                // The sum grows with each of them, whatever becomes of the number of trades.
                sum == null ? part.revision() : sum.revision() + part.revision());
    }

    /**
     * The content of a part with its open time as the time of its first trade. Candles from Redis
     * do not have that time, and the ids of a symbol need not grow with time.
     */
    private static Ohlcv ordered(Candle part) {
        return part.isFlat() ? part.ohlcv() : firstAt(part.ohlcv(), part.openTime());
    }

    private static Candle finished(Candle sum) {
        return sum.with(firstAt(sum.ohlcv(), TradeRef.UNKNOWN));
    }

    private static Ohlcv firstAt(Ohlcv content, long time) {
        return new Ohlcv(
                new TradeRef(time, content.first().id()),
                content.last(),
                content.open(),
                content.high(),
                content.low(),
                content.close(),
                content.volume(),
                content.quoteVolume(),
                content.takerBuyVolume(),
                content.takerBuyQuoteVolume(),
                content.count());
    }

    private long closeOf(long open) {
        return target.nextOpen(open) - 1;
    }
}
