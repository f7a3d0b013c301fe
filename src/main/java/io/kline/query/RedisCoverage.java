package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where what Redis holds of a range ends, and MySQL has to be asked.
 *
 * <p>Candles move from Redis to MySQL, never back: a candle that Redis did not hold any more when
 * it was read is in MySQL afterwards. So Redis is read first, and MySQL asked for what is not
 * proven to be there.
 *
 * <p>Redis may hold anything: it may have been emptied and hold the newest candles only, some of
 * them brought back with holes between. There is one candle per open time, so a run of candles each
 * of which opens where the one before it ends lacks nothing. Such a run is proven where it begins
 * or ends the range:
 *
 * <ul>
 *   <li>at the first open time of the range, or at the last one,
 *   <li>at the newest candle there is: the latest in Redis, if its time is not over,
 *   <li>at the candle that is the last one within the limit.
 * </ul>
 *
 * <p>MySQL is asked for what is left between the proven runs.
 */
final class RedisCoverage {

    /**
     * How long after its end the latest candle may be the current one: roll-overs take a moment.
     */
    private static final long GRACE_MILLIS = 5_000;

    private final Interval interval;
    private final Range range;
    private final NavigableMap<Long, Candle> candles = new TreeMap<>();
    private final boolean holdsNewest;

    /**
     * @param redis read with the same range
     * @param now wall clock when it was read, ms
     */
    RedisCoverage(Interval interval, Range range, RedisSeries redis, long now) {
        this.interval = interval;
        this.range = range;
        redis.history().forEach(this::add);
        Candle latest = redis.latest();
        if (latest != null) {
            add(latest);
        }
        holdsNewest = isCurrent(latest, now) && isBeforeEnd(latest.openTime());
        cut();
    }

    /** Whether a latest candle shows that its writer is up to date; false for null. */
    static boolean isCurrent(Candle latest, long now) {
        return latest != null && latest.closeTime() >= now - GRACE_MILLIS;
    }

    /** What MySQL has to be asked; nothing if Redis holds the whole range. */
    Optional<Range> unknown() {
        return range.start() == null ? unknownBelow() : unknownAbove();
    }

    /** The candles of both stores, oldest first; of each the higher version. */
    List<Candle> join(List<Candle> mysql) {
        mysql.forEach(this::add);
        cut();
        return new ArrayList<>(candles.values());
    }

    /** Whether a candle is missing between two of the joined ones. */
    boolean hasHole() {
        return !candles.isEmpty() && runFrom(candles.firstKey()) != candles.lastKey().longValue();
    }

    private Optional<Range> unknownBelow() {
        boolean isProven = holdsNewest || holdsLastOpen();
        if (!isProven || candles.isEmpty()) {
            return Optional.of(range);
        }
        long from = runTo(candles.lastKey());
        int left = range.limit() - candles.tailMap(from).size();
        return left == 0 ? Optional.empty() : Optional.of(new Range(null, from - 1, left));
    }

    private Optional<Range> unknownAbove() {
        long from = range.start();
        long first =
                interval.openOf(from) == from ? from : interval.nextOpen(interval.openOf(from));
        if (range.end() != null && first > range.end()) {
            return Optional.empty();
        }
        if (candles.isEmpty()) {
            return holdsNewest ? Optional.empty() : Optional.of(range);
        }
        boolean isProven = holdsNewest || holdsLastOpen() || candles.size() == range.limit();
        int left = range.limit();
        if (candles.firstKey() == first) {
            long last = runFrom(first);
            if (isProven && last == candles.lastKey()) {
                return Optional.empty();
            }
            left -= candles.headMap(last, true).size();
            from = last + 1;
        }
        Long to = isProven ? (Long) (runTo(candles.lastKey()) - 1) : range.end();
        return Optional.of(new Range(from, to, left));
    }

    private boolean holdsLastOpen() {
        return range.end() != null
                && !candles.isEmpty()
                && candles.lastKey() == interval.openOf(range.end());
    }

    /** Open time of the last candle of the run that begins with one that is there. */
    private long runFrom(long open) {
        long last = open;
        for (long next : candles.tailMap(open, false).keySet()) {
            if (next != interval.nextOpen(last)) {
                break;
            }
            last = next;
        }
        return last;
    }

    /** Open time of the first candle of the run that ends with one that is there. */
    private long runTo(long open) {
        long first = open;
        for (long before : candles.headMap(open, false).descendingKeySet()) {
            if (interval.nextOpen(before) != first) {
                break;
            }
            first = before;
        }
        return first;
    }

    private void add(Candle candle) {
        boolean isWanted =
                (range.start() == null || candle.openTime() >= range.start())
                        && isBeforeEnd(candle.openTime());
        if (isWanted) {
            // Of equal ones that of Redis, which is added first and is not rounded.
            candles.merge(candle.openTime(), candle, (known, other) -> Candle.newer(other, known));
        }
    }

    private boolean isBeforeEnd(long open) {
        return range.end() == null || open <= range.end();
    }

    private void cut() {
        while (candles.size() > range.limit()) {
            if (range.start() == null) {
                candles.pollFirstEntry();
            } else {
                candles.pollLastEntry();
            }
        }
    }
}
