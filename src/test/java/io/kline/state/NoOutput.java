package io.kline.state;

import io.kline.candle.CandleOutput;
import io.kline.model.Candle;
import io.kline.model.LateTrade;

/** Forgets what comes. */
final class NoOutput implements CandleOutput {

    @Override
    public void candle(Candle candle) {}

    @Override
    public void again(Candle candle) {}

    @Override
    public void late(LateTrade trade) {}
}
