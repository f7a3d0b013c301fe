package io.kline.store;

import io.kline.model.Candle;
import io.kline.model.LateTrade;

/**
 * One event of the {@code klines} topic: exactly one of candle and late trade is there.
 *
 * @param candle a closed or corrected candle, or null
 * @param late a trade for the corrector, or null
 * @param stored whether the candle was read from the table of all history, where a late trade had
 *     corrected it
 */
public record KlineEvent(Candle candle, LateTrade late, boolean stored) {

    /** The event's {@code e} for a candle. */
    public static final String KLINE = "kline";

    /** The event's {@code e} for a late trade. */
    public static final String LATE_TRADE = "lateTrade";

    /** The header of a Kafka record that marks a {@link #stored} candle; its value is empty. */
    public static final String STORED_HEADER = "stored";

    /** An event of the live job. */
    public KlineEvent(Candle candle, LateTrade late) {
        this(candle, late, false);
    }
}
