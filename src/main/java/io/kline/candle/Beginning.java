package io.kline.candle;

/**
 * Where the candles of a series begin.
 *
 * @param firstOpen candles that open before it are not made here, ms, or {@link Series#NONE}
 * @param opensBefore whether an earlier run has made them; there are none otherwise
 */
public record Beginning(long firstOpen, boolean opensBefore) {

    /** With the first trade, whenever it is. */
    static final Beginning FIRST_TRADE = new Beginning(Series.NONE, true);

    /** In the latest candle of an earlier run. */
    static Beginning takenOver(long open) {
        return new Beginning(open, true);
    }

    /** With the first whole candle of an interval that is added. */
    static Beginning added(long open) {
        return new Beginning(open, false);
    }

    /** Whether there is a candle that opens at this time, ms. */
    boolean hasCandle(long open) {
        return opensBefore || open >= firstOpen;
    }

    /** Whether the interval of a trade was added after its time, ms. */
    boolean isAddedAfter(long time) {
        return !opensBefore && time < firstOpen;
    }

    /** Trades before this time, ms, go into candles of an earlier run. */
    long takenOverUntil() {
        return opensBefore ? firstOpen : Series.NONE;
    }
}
