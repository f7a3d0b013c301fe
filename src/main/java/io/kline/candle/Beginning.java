package io.kline.candle;

import io.kline.model.Trade;

/**
 * Where the candles of a series begin.
 *
 * @param firstOpen candles that open before it are not made here, ms, or {@link Series#NONE}
 * @param opensBefore whether an earlier run has made them; there are none otherwise
 * @param countedUpTo the trades up to this id are in the candle that opens then, though other
 *     series of the symbol have yet to count some of them; -1 if there are none
 */
public record Beginning(long firstOpen, boolean opensBefore, long countedUpTo) {

    /** With the first trade, whenever it is. */
    static final Beginning FIRST_TRADE = new Beginning(Series.NONE, true, -1);

    /** In the latest candle of an earlier run. */
    static Beginning takenOver(long open, long countedUpTo) {
        return new Beginning(open, true, countedUpTo);
    }

    /** With the first whole candle of an interval that is added. */
    static Beginning added(long open) {
        return new Beginning(open, false, -1);
    }

    /** Whether there is a candle that opens at this time, ms. */
    boolean hasCandle(long open) {
        return opensBefore || open >= firstOpen;
    }

    /** Whether the interval of a trade was added after its time, ms. */
    boolean isAddedAfter(long time) {
        return !opensBefore && time < firstOpen;
    }

    /** Whether a trade is in a candle of an earlier run. */
    boolean hasCounted(Trade trade) {
        return trade.id() <= countedUpTo;
    }

    /** Candles that open before this time, ms, are those of an earlier run. */
    long takenOverUntil() {
        return opensBefore ? firstOpen : Series.NONE;
    }
}
