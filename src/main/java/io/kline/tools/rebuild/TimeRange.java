package io.kline.tools.rebuild;

import io.kline.model.Interval;

/**
 * A stretch of time in whole minutes.
 *
 * @param from its first ms
 * @param to the first ms behind it
 */
record TimeRange(long from, long to) {

    static final long MINUTE = 60_000;

    /**
     * @throws IllegalArgumentException if it is empty or not in whole minutes
     */
    TimeRange {
        if (from % MINUTE != 0 || to % MINUTE != 0) {
            throw new IllegalArgumentException("--from and --to must be whole minutes");
        }
        if (from >= to) {
            throw new IllegalArgumentException("--from must be before --to");
        }
    }

    /** Open time of the first candle that opens in it, ms. */
    long firstOpen(Interval interval) {
        long open = interval.openOf(from);
        return open == from ? open : interval.nextOpen(open);
    }
}
