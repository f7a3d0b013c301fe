package io.kline.model;

import java.util.Comparator;

/**
 * Which candle: there is one per symbol, interval and open time. Ordered as the rows of the table
 * are.
 *
 * @param symbol whose candle
 * @param interval code of its interval
 * @param openTime first ms that belongs to it
 */
public record CandleKey(String symbol, String interval, long openTime)
        implements Comparable<CandleKey> {

    private static final Comparator<CandleKey> ORDER =
            Comparator.comparing(CandleKey::symbol)
                    .thenComparing(CandleKey::interval)
                    .thenComparingLong(CandleKey::openTime);

    /** The same symbol and interval at another open time, ms. */
    public CandleKey at(long otherOpenTime) {
        return new CandleKey(symbol, interval, otherOpenTime);
    }

    @Override
    public int compareTo(CandleKey other) {
        return ORDER.compare(this, other);
    }
}
