package io.kline.query;

/**
 * The open times wanted. With a start it is the oldest from there, without one the newest up to the
 * end.
 *
 * @param start the first, ms; null for no bound
 * @param end the last, inclusive, ms; null for no bound
 * @param limit how many at most, 1 to 100,000
 */
public record Range(Long start, Long end, int limit) {

    private static final int MOST = 100_000;

    public Range {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException(
                    "a range is of 1 to " + MOST + " candles, not " + limit);
        }
    }

    /** The newest ones. */
    public static Range newest(int limit) {
        return new Range(null, null, limit);
    }
}
