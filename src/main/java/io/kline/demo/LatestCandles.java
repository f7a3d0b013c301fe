package io.kline.demo;

import io.kline.model.Candle;

/**
 * The forming candles of a symbol that the live table shows.
 *
 * @param minute the latest 1m candle
 * @param day the latest 1d candle
 */
record LatestCandles(Candle minute, Candle day) {

    /** The candle that knows the later trade; they are written together but read one by one. */
    Candle newest() {
        return minute.lastTime() > day.lastTime() ? minute : day;
    }
}
