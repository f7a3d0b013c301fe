package io.kline.store.heal;

import io.kline.model.Interval;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What Redis holds of a symbol and interval.
 *
 * @param interval the interval
 * @param latest open time of the latest kline, ms; null without one
 * @param count how many klines the history has
 * @param lowest open time of the oldest one, ms; of no meaning without one
 */
public record HeldHistory(Interval interval, Long latest, long count, long lowest) {

    /** Whether nobody can say where the history ends: there is no latest kline. */
    public boolean lacksLatest() {
        return latest == null;
    }

    /** The same with a latest kline that opens at a time, ms. */
    public HeldHistory endingAt(long open) {
        return new HeldHistory(interval, open, count, lowest);
    }

    /** Whether it would keep more than it has. */
    boolean isShort(int size) {
        return count < size;
    }

    /** Open time of the oldest kline, the latest one included, ms. */
    long oldest() {
        return count == 0 ? latest : lowest;
    }

    /**
     * Whether each candle opens where the one before it ends, up to the latest. Otherwise there is
     * a hole, or the symbol was at rest.
     */
    boolean isContinuous() {
        long open = oldest();
        long steps = 0;
        while (open < latest && steps <= count) {
            open = interval.nextOpen(open);
            steps++;
        }
        return open == latest && steps == count;
    }

    /**
     * The open times that a full history would have and this one does not, newest first. Where some
     * of those that it has before each stretch are wanted, so are the newest, and the latest kline.
     *
     * @param stored open times of the stored candles
     * @param held open times of the history
     * @param size how many klines a history keeps
     * @param before how many that it has before a stretch are wanted, at least 0
     */
    List<Long> missing(Collection<Long> stored, Collection<Long> held, int size, int before) {
        TreeSet<Long> whole = new TreeSet<>(held);
        stored.stream().filter(open -> open < latest && isAligned(open)).forEach(whole::add);
        Set<Long> there = new HashSet<>(held);
        List<Long> missing = new ArrayList<>();
        if (before > 0 && stored.contains(latest)) {
            missing.add(latest);
        }
        int left = before;
        int looked = 0;
        for (Long open : whole.descendingSet()) {
            boolean isMissing = !there.contains(open);
            left = isMissing ? before : left - 1;
            if (isMissing || left >= 0) {
                missing.add(open);
            }
            if (++looked == size) {
                break;
            }
        }
        return missing;
    }

    /** One of another zone offset is not a candle of this interval. */
    boolean isAligned(long open) {
        return interval.openOf(open) == open;
    }
}
