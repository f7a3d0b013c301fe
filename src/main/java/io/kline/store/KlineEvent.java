package io.kline.store;

import io.kline.model.Candle;
import io.kline.model.LateTrade;

/**
 * One event of the {@code klines} topic: exactly one of the two parts is there.
 *
 * @param candle a closed or corrected candle, or null
 * @param late a trade for the corrector, or null
 */
public record KlineEvent(Candle candle, LateTrade late) {

    /** The event's {@code e} for a candle. */
    public static final String KLINE = "kline";

    /** The event's {@code e} for a late trade. */
    public static final String LATE_TRADE = "lateTrade";
}
