package io.kline.fold;

import java.math.BigDecimal;

/**
 * The trade whose price flat candles carry.
 *
 * @param price its price
 * @param time its time, ms
 * @param id its id
 */
public record LastTrade(BigDecimal price, long time, long id) {

    /**
     * Whether this one comes after {@code other} by (time, id); any trade comes after none (null).
     */
    public boolean isAfter(LastTrade other) {
        return other == null || time > other.time || time == other.time && id > other.id;
    }
}
