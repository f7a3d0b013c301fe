package io.kline.model;

import java.math.BigDecimal;

/**
 * One execution on the exchange, or an aggregate of executions reported as one.
 *
 * <p>A trade is identified by its symbol and the executions that it stands for. Trades of a symbol
 * are ordered by {@link #ref}.
 *
 * @param symbol see {@link Symbol}
 * @param firstId id of the first execution it stands for, not negative
 * @param lastId id of the last one; the same unless aggregated
 * @param price above zero, at most 20 integer and 18 fraction digits
 * @param quantity above zero, in the base asset, at most 20 integer and 18 fraction digits
 * @param time when it happened, ms since the epoch
 * @param buyerIsMaker whether the buyer's order was resting; {@code false} means a taker buy
 */
public record Trade(
        String symbol,
        long firstId,
        long lastId,
        BigDecimal price,
        BigDecimal quantity,
        long time,
        boolean buyerIsMaker) {

    /** Its place among the trades of its symbol. */
    public TradeRef ref() {
        return new TradeRef(time, lastId);
    }

    /** The id it is known by: that of the last execution it stands for. */
    public long id() {
        return lastId;
    }

    /** Number of executions it stands for, at least 1. */
    public long count() {
        return lastId - firstId + 1;
    }
}
