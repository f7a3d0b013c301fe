package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.LateTrade;
import java.util.Arrays;
import java.util.List;

/**
 * How many executions the last candles had when their series gave them up. With it the corrector
 * notices that a stored candle is not the one that it is about to correct.
 */
public final class GivenUpCounts {

    /** Most late trades come within so many traded candles; 16 bytes each. */
    private static final int REMEMBERED = 16;

    /** That of most series, which need none of their own. */
    private static final long[] NONE = {};

    private long knownSince;
    private long[] openTimes;
    private long[] counts;
    private int size;

    /**
     * No candle given up.
     *
     * @param knownSince a candle that opens before it may have had any count, ms
     */
    GivenUpCounts(long knownSince) {
        this(knownSince, NONE, NONE);
    }

    /**
     * Counts as they were.
     *
     * @param knownSince a candle that opens before it may have had any count, ms
     * @param openTimes of the traded candles, ascending, ms
     * @param counts of the same candles
     */
    public GivenUpCounts(long knownSince, long[] openTimes, long[] counts) {
        this.knownSince = knownSince;
        this.openTimes = openTimes.length == 0 ? NONE : openTimes;
        this.counts = counts.length == 0 ? NONE : counts;
        this.size = openTimes.length;
    }

    /**
     * Counts of candles that an earlier run has stored, as far back as there is one for each open
     * time.
     *
     * @param older candles before the latest one, oldest first
     */
    static GivenUpCounts before(Candle latest, List<Candle> older) {
        int first = older.size();
        long open = latest.openTime();
        while (first > 0 && older.get(first - 1).closeTime() + 1 >= open) {
            first--;
            open = older.get(first).openTime();
        }
        GivenUpCounts counts = new GivenUpCounts(open);
        for (Candle candle : older.subList(first, older.size())) {
            // The latest one may be in the history as well.
            if (candle.count() > 0 && candle.openTime() < latest.openTime()) {
                counts.add(candle.openTime(), candle.count());
            }
        }
        return counts;
    }

    /** A candle that opens before it may have had any count, ms. */
    public long knownSince() {
        return knownSince;
    }

    /** Number of candles whose counts are remembered. */
    public int size() {
        return size;
    }

    /** Open time of one of them, ms. */
    public long openTime(int i) {
        return openTimes[i];
    }

    /** Its count. */
    public long count(int i) {
        return counts[i];
    }

    /** The first candle of all: from its open time on, ms, all trades have been folded here. */
    void begin(long openTime) {
        if (knownSince == Long.MAX_VALUE) {
            knownSince = openTime;
        }
    }

    /** Remembers a candle that is newer than all others. */
    void add(long openTime, long count) {
        if (size == REMEMBERED) {
            knownSince = Math.max(knownSince, openTimes[0] + 1);
            size--;
            System.arraycopy(openTimes, 1, openTimes, 0, size);
            System.arraycopy(counts, 1, counts, 0, size);
        } else if (size == openTimes.length) {
            int length = Math.min(REMEMBERED, 2 * size + 2);
            openTimes = Arrays.copyOf(openTimes, length);
            counts = Arrays.copyOf(counts, length);
        }
        openTimes[size] = openTime;
        counts[size] = count;
        size++;
    }

    /**
     * The count of a given-up candle: 0 if it was flat, {@link LateTrade#UNKNOWN} if nobody knows.
     */
    long of(long openTime) {
        for (int i = size - 1; i >= 0; i--) {
            if (openTimes[i] == openTime) {
                return counts[i];
            }
        }
        return openTime < knownSince ? LateTrade.UNKNOWN : 0;
    }

    GivenUpCounts copy() {
        return new GivenUpCounts(
                knownSince, Arrays.copyOf(openTimes, size), Arrays.copyOf(counts, size));
    }
}
