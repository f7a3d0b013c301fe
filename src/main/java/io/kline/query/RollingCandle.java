package io.kline.query;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The current candle of an interval that is not stored, and the one before it, made of stored
 * candles as these change. Used by one thread at a time.
 */
public final class RollingCandle {

    /** The longest candles that are made: months of hours, not of minutes. */
    public static final int MOST_PARTS = 1_000;

    private final RollUp rollUp;
    private final TreeMap<Long, Candle> parts = new TreeMap<>();

    /** What opens from here on is complete; nothing at first. */
    private long completeSince = Long.MAX_VALUE;

    /**
     * @param source one of {@link #source}
     */
    public RollingCandle(Interval target, Interval source) {
        rollUp = new RollUp(target, source);
    }

    /**
     * The stored interval that candles of another one are read from: the same one if it has the
     * same boundaries, or else the longest that fits; none where they would have too many parts.
     */
    public static Optional<Interval> source(List<Interval> stored, Interval target) {
        return stored.stream()
                .filter(one -> one.code().equals(target.code()) && RollUp.fits(one, target))
                .findFirst()
                .or(
                        () ->
                                RollUp.source(stored, target)
                                        .filter(
                                                one ->
                                                        new RollUp(target, one).perCandle()
                                                                <= MOST_PARTS));
    }

    /**
     * Where stored candles have to be read from: the candle before the one that holds a time, ms.
     */
    public long since(long time) {
        Interval target = rollUp.target();
        return target.openOf(target.openOf(time) - 1);
    }

    /**
     * Takes all stored candles from a time on.
     *
     * @param since from {@link #since}
     * @return the candles that have changed, oldest first
     */
    public List<Candle> begin(long since, List<Candle> stored) {
        TreeSet<Long> changed = new TreeSet<>();
        if (since < completeSince) {
            // Nobody has heard of what came before it was complete.
            parts.tailMap(since).keySet().forEach(open -> changed.add(openOf(open)));
            completeSince = since;
        }
        for (Candle part : stored) {
            if (put(part)) {
                changed.add(openOf(part.openTime()));
            }
        }
        List<Candle> candles = new ArrayList<>();
        changed.forEach(open -> fold(open).ifPresent(candles::add));
        return candles;
    }

    /** Takes a stored candle, and returns what it changes; nothing before there is a beginning. */
    public Optional<Candle> add(Candle part) {
        return put(part) ? fold(openOf(part.openTime())) : Optional.empty();
    }

    private long openOf(long time) {
        return rollUp.target().openOf(time);
    }

    private boolean put(Candle part) {
        Candle known = parts.get(part.openTime());
        if (known != null && part.version().compareTo(known.version()) <= 0) {
            return false;
        }
        parts.put(part.openTime(), part);
        long oldest = since(parts.lastKey());
        parts.headMap(oldest).clear();
        return part.openTime() >= oldest;
    }

    private Optional<Candle> fold(long open) {
        Collection<Candle> whole = parts.subMap(open, rollUp.target().nextOpen(open)).values();
        return open < completeSince || whole.isEmpty()
                ? Optional.empty()
                : Optional.of(rollUp.fold(whole));
    }
}
