package io.kline.model;

/**
 * The place of a trade among the trades of its symbol: they are ordered by (time, id).
 *
 * <p>Where only the id is known, it decides: ids grow with the exchange's sequence. That is so for
 * the first trade of a candle that was read from Redis, which does not keep its time.
 *
 * @param time when it happened, ms; {@link #UNKNOWN} if that is not known
 * @param id id of one of its executions; those of different trades never overlap
 */
public record TradeRef(long time, long id) {

    /** The value of what is not known or not there. */
    public static final long UNKNOWN = -1;

    /** No trade. */
    public static final TradeRef NONE = new TradeRef(UNKNOWN, UNKNOWN);

    /** Whether it comes after {@code other}. */
    public boolean isAfter(TradeRef other) {
        if (time == other.time || time == UNKNOWN || other.time == UNKNOWN) {
            return id > other.id;
        }
        return time > other.time;
    }
}
