package io.kline.query;

import java.time.Instant;

/**
 * The open times wanted. With a start it is the oldest from there, without one the newest up to the
 * end. Times beyond the years 1 to 9999 mean the first and the last of them.
 *
 * @param start the first, ms; null for no bound
 * @param end the last, inclusive, ms; null for no bound
 * @param limit how many at most, 1 to 100,000
 */
public record Range(Long start, Long end, int limit) {

    private static final int MOST = 100_000;

    private static final long FIRST = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
    private static final long LAST = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    public Range {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(
                    "a range is of 1 to " + MOST + " candles, not " + limit);
        }
        start = bounded(start);
        end = bounded(end);
    }

    /** The newest ones. */
    public static Range newest(int limit) {
        return new Range(null, null, limit);
    }

    private static Long bounded(Long time) {
        return time == null ? null : (Long) Math.max(FIRST, Math.min(LAST, time));
    }
}
