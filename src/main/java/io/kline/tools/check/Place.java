package io.kline.tools.check;

/**
 * Where something is wrong: a symbol, one of its series, or some candles of that.
 *
 * @param symbol or {@code -} when all of them are meant
 * @param interval code, or null when the symbol as a whole is meant
 * @param from open time of the first candle, ms, or null when no single candle is meant
 * @param to open time of the last candle, ms, or null when no single candle is meant
 */
record Place(String symbol, String interval, Long from, Long to) {

    static Place symbol(String symbol) {
        return new Place(symbol, null, null, null);
    }

    static Place series(String symbol, String interval) {
        return new Place(symbol, interval, null, null);
    }

    static Place candle(String symbol, String interval, long open) {
        return new Place(symbol, interval, open, open);
    }
}
