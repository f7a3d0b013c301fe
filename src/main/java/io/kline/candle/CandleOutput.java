package io.kline.candle;

import io.kline.model.Candle;
import io.kline.model.LateTrade;

/** Receives what trades and time do to the candles of a symbol. */
public interface CandleOutput {

    /** A candle is new or has changed. */
    void candle(Candle candle);

    /** A candle is as it was; a store may have lost it. */
    void again(Candle candle);

    /** A trade came too late for one of its candles. */
    void late(LateTrade trade);
}
