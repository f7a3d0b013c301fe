package io.kline.candle;

import java.util.Arrays;

/**
 * The executions of one symbol that were counted, as ranges of ids, and the time of the newest.
 *
 * <p>Ids without gaps are one range, so they cost the same 24 bytes however many there are. Every
 * gap adds a range, a trade out of order adds one until its neighbours are there, and sparse ids
 * are a range each. {@link #FEW_RANGES} are always remembered, some 400 KB. Above that the lowest
 * are forgotten once no trade of them is younger than the time that is to be remembered. At {@link
 * #MOST_RANGES}, some 24 MB, they are forgotten in any case. What is asked about ids down there
 * cannot be answered any more.
 */
public final class SeenExecutions {

    /** What is known of a record's executions. */
    public enum Answer {
        /** None was seen before; they are remembered now. */
        NEW,
        /** All were seen before. */
        DUPLICATE,
        /** All were seen before, but the record is newer than every trade that was counted. */
        REUSED,
        /** Some were seen before, others not. */
        OVERLAPPING,
        /** Below what is remembered. */
        FORGOTTEN
    }

    /** Ranges that are remembered however old they are. */
    public static final int FEW_RANGES = 16_384;

    /** Most ranges remembered. */
    public static final int MOST_RANGES = 1 << 20;

    /** Forgetting many at once makes moving the others cheap. */
    private static final int FORGOTTEN_AT_ONCE = FEW_RANGES / 8;

    private long[] firsts;
    private long[] lasts;
    private long[] times;
    private int ranges;
    private long forgottenUpTo;
    private long newest;

    /** Nothing seen. */
    public SeenExecutions() {
        this(new long[2], new long[2], new long[2], 0, -1, Long.MIN_VALUE);
    }

    /**
     * All ids up to this one seen.
     *
     * @param newest time of the newest trade among them, ms
     */
    public static SeenExecutions upTo(long id, long newest) {
        return new SeenExecutions(
                new long[] {0, 0}, new long[] {id, 0}, new long[] {newest, 0}, 1, -1, newest);
    }

    /**
     * As it was.
     *
     * @param firsts lowest id of each range, ascending
     * @param lasts highest id of each range
     * @param times time of the newest trade of each range, ms
     * @param ranges how many of them count
     * @param forgottenUpTo the highest id that was forgotten, -1 if none was
     * @param newest time of the newest trade, ms; {@code Long.MIN_VALUE} if none was seen
     */
    public SeenExecutions(
            long[] firsts,
            long[] lasts,
            long[] times,
            int ranges,
            long forgottenUpTo,
            long newest) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.times = times;
        this.ranges = ranges;
        this.forgottenUpTo = forgottenUpTo;
        this.newest = newest;
    }

    /**
     * Asks about the executions of one record, and remembers them if all are new.
     *
     * @param first id of the first execution, not negative
     * @param last id of the last one
     * @param time of the trade, ms
     * @param remembered how much older than the newest a trade may be and still be known, ms
     */
    public Answer see(long first, long last, long time, long remembered) {
        int above = ranges;
        if (ranges > 0 && first <= lasts[ranges - 1]) {
            above = firstRangeAbove(first);
            if (above > 0 && first <= lasts[above - 1]) {
                if (last > lasts[above - 1]) {
                    return Answer.OVERLAPPING;
                }
                return time > newest ? Answer.REUSED : Answer.DUPLICATE;
            }
            if (above < ranges && last >= firsts[above]) {
                return Answer.OVERLAPPING;
            }
        }
        if (first <= forgottenUpTo) {
            return Answer.FORGOTTEN;
        }
        newest = Math.max(newest, time);
        add(first, last, time, above, newest - remembered);
        return Answer.NEW;
    }

    /** Number of ranges remembered. */
    public int ranges() {
        return ranges;
    }

    /** Lowest id of a range. */
    public long first(int range) {
        return firsts[range];
    }

    /** Highest id of a range. */
    public long last(int range) {
        return lasts[range];
    }

    /** Time of the newest trade of a range, ms. */
    public long time(int range) {
        return times[range];
    }

    /** The highest id that was forgotten, -1 if none was. */
    public long forgottenUpTo() {
        return forgottenUpTo;
    }

    /** Time of the newest trade, ms; {@code Long.MIN_VALUE} if none was seen. */
    public long newest() {
        return newest;
    }

    /** The same, sharing nothing. */
    public SeenExecutions copy() {
        return new SeenExecutions(
                firsts.clone(), lasts.clone(), times.clone(), ranges, forgottenUpTo, newest);
    }

    private int firstRangeAbove(long id) {
        int found = Arrays.binarySearch(firsts, 0, ranges, id);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private void add(long first, long last, long time, int above, long old) {
        boolean touchesBelow = above > 0 && lasts[above - 1] == first - 1;
        boolean touchesAbove = above < ranges && firsts[above] == last + 1;
        if (touchesBelow && touchesAbove) {
            lasts[above - 1] = lasts[above];
            times[above - 1] = Math.max(times[above - 1], Math.max(times[above], time));
            remove(above, 1);
        } else if (touchesBelow) {
            lasts[above - 1] = last;
            times[above - 1] = Math.max(times[above - 1], time);
        } else if (touchesAbove) {
            firsts[above] = first;
            times[above] = Math.max(times[above], time);
        } else {
            insert(first, last, time, above, old);
        }
    }

    private void insert(long first, long last, long time, int at, long old) {
        int place = at;
        if (isTimeToForget(old)) {
            forgottenUpTo = lasts[FORGOTTEN_AT_ONCE - 1];
            remove(0, FORGOTTEN_AT_ONCE);
            place = Math.max(0, at - FORGOTTEN_AT_ONCE);
        }
        if (ranges == firsts.length) {
            grow();
        }
        move(place, place + 1, ranges - place);
        firsts[place] = first;
        lasts[place] = last;
        times[place] = time;
        ranges++;
    }

    /** Depends on the ranges alone: the room for more of them is another one after a restore. */
    private boolean isTimeToForget(long old) {
        return ranges >= FEW_RANGES
                && ranges % FORGOTTEN_AT_ONCE == 0
                && (ranges == MOST_RANGES || areLowestOlderThan(old));
    }

    private boolean areLowestOlderThan(long old) {
        for (int i = 0; i < FORGOTTEN_AT_ONCE; i++) {
            if (times[i] >= old) {
                return false;
            }
        }
        return true;
    }

    private void grow() {
        int size = Math.min(2 * ranges, ranges < FEW_RANGES ? FEW_RANGES : MOST_RANGES);
        firsts = Arrays.copyOf(firsts, size);
        lasts = Arrays.copyOf(lasts, size);
        times = Arrays.copyOf(times, size);
    }

    private void remove(int from, int count) {
        move(from + count, from, ranges - from - count);
        ranges -= count;
    }

    private void move(int from, int to, int count) {
        System.arraycopy(firsts, from, firsts, to, count);
        System.arraycopy(lasts, from, lasts, to, count);
        System.arraycopy(times, from, times, to, count);
    }
}
