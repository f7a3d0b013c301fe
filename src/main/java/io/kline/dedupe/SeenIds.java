package io.kline.dedupe;

import java.util.Arrays;

/**
 * The trade ids of one symbol that have been seen, as ranges.
 *
 * <p>Ids without gaps are one range, so they cost the same 16 bytes however many there are. Every
 * gap adds a range, a trade out of order adds one until its neighbours are there, and sparse ids
 * are a range each. At most {@link #MOST_RANGES} are remembered, some 256 KB; beyond that the
 * lowest are forgotten, and what is asked about ids down there cannot be answered any more.
 */
public final class SeenIds {

    /** What is known of an id. */
    public enum Answer {
        /** Seen for the first time, and remembered now. */
        NEW,
        /** Seen before. */
        DUPLICATE,
        /** Below what is remembered. */
        FORGOTTEN
    }

    /** Most ranges remembered. */
    public static final int MOST_RANGES = 16_384;

    /** Forgetting many at once makes moving the others cheap. */
    private static final int FORGOTTEN_AT_ONCE = MOST_RANGES / 8;

    private long[] firsts;
    private long[] lasts;
    private int ranges;
    private long forgottenUpTo;

    /** Nothing seen. */
    public SeenIds() {
        this(new long[2], new long[2], 0, -1);
    }

    /** All ids up to this one seen. */
    public static SeenIds upTo(long id) {
        return new SeenIds(new long[] {0, 0}, new long[] {id, 0}, 1, -1);
    }

    /**
     * As it was.
     *
     * @param firsts lowest id of each range, ascending
     * @param lasts highest id of each range
     * @param ranges how many of them count
     * @param forgottenUpTo the highest id that was forgotten, -1 if none was
     */
    public SeenIds(long[] firsts, long[] lasts, int ranges, long forgottenUpTo) {
        this.firsts = firsts;
        this.lasts = lasts;
        this.ranges = ranges;
        this.forgottenUpTo = forgottenUpTo;
    }

    /** Asks about an id, not negative, and remembers it. */
    public Answer see(long id) {
        if (ranges > 0 && id == lasts[ranges - 1] + 1) {
            lasts[ranges - 1] = id;
            return Answer.NEW;
        }
        int above = firstRangeAbove(id);
        if (above > 0 && id <= lasts[above - 1]) {
            return Answer.DUPLICATE;
        }
        if (id <= forgottenUpTo) {
            return Answer.FORGOTTEN;
        }
        add(id, above);
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

    /** The highest id that was forgotten, -1 if none was. */
    public long forgottenUpTo() {
        return forgottenUpTo;
    }

    /** The same, sharing nothing. */
    public SeenIds copy() {
        return new SeenIds(firsts.clone(), lasts.clone(), ranges, forgottenUpTo);
    }

    private int firstRangeAbove(long id) {
        int found = Arrays.binarySearch(firsts, 0, ranges, id);
        return found >= 0 ? found + 1 : -found - 1;
    }

    private void add(long id, int above) {
        boolean touchesBelow = above > 0 && lasts[above - 1] == id - 1;
        boolean touchesAbove = above < ranges && firsts[above] == id + 1;
        if (touchesBelow && touchesAbove) {
            lasts[above - 1] = lasts[above];
            remove(above, 1);
        } else if (touchesBelow) {
            lasts[above - 1] = id;
        } else if (touchesAbove) {
            firsts[above] = id;
        } else {
            insert(id, above);
        }
    }

    private void insert(long id, int at) {
        int place = at;
        if (ranges == MOST_RANGES) {
            forgottenUpTo = lasts[FORGOTTEN_AT_ONCE - 1];
            remove(0, FORGOTTEN_AT_ONCE);
            place = Math.max(0, at - FORGOTTEN_AT_ONCE);
        } else if (ranges == firsts.length) {
            firsts = Arrays.copyOf(firsts, Math.min(2 * ranges, MOST_RANGES));
            lasts = Arrays.copyOf(lasts, firsts.length);
        }
        System.arraycopy(firsts, place, firsts, place + 1, ranges - place);
        System.arraycopy(lasts, place, lasts, place + 1, ranges - place);
        firsts[place] = id;
        lasts[place] = id;
        ranges++;
    }

    private void remove(int from, int count) {
        System.arraycopy(firsts, from + count, firsts, from, ranges - from - count);
        System.arraycopy(lasts, from + count, lasts, from, ranges - from - count);
        ranges -= count;
    }
}
