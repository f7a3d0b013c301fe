package io.kline.model;

import java.util.Comparator;

/**
 * How much a candle knows, compared left to right. It depends on the candle's content only, so a
 * replay rebuilds the same versions and a store can refuse to go back.
 *
 * @param revision how often the candle was rebuilt with fewer trades (r)
 * @param count trades folded (n)
 * @param lastTime time of the last trade at or before the candle's end, ms (lt)
 * @param lastId id of that trade (li)
 * @param closed whether the candle has been closed (x)
 */
public record Version(long revision, long count, long lastTime, long lastId, boolean closed)
        implements Comparable<Version> {

    private static final Comparator<Version> ORDER =
            Comparator.comparingLong(Version::revision)
                    .thenComparingLong(Version::count)
                    .thenComparingLong(Version::lastTime)
                    .thenComparingLong(Version::lastId)
                    .thenComparing(Version::closed);

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }
}
