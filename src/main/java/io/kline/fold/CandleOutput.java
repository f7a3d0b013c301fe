package io.kline.fold;

import io.kline.model.Candle;
import io.kline.model.Interval;

/** Receives what a change of a symbol's candles brings forth, in order. */
public interface CandleOutput {

    /** A candle that is new or has a higher version than before. */
    void candle(Candle candle);

    /**
     * Trades that came too late for the candle of one interval: it is no longer remembered here.
     *
     * @param openTime open time of the candle they belong to, ms
     * @param carried whether their last price is the one carried from there on; the flat candles
     *     after them then follow as {@link #candle}, otherwise it ends at the next traded candle,
     *     which is forgotten as well
     */
    void late(Interval interval, long openTime, Fold trades, boolean carried);
}
