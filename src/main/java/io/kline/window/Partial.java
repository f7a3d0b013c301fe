package io.kline.window;

import io.kline.fold.Fold;

/**
 * A partial candle: trades of one symbol and minute, merged. It is a delta, not a total.
 *
 * @param symbol whose trades
 * @param minute start of the minute that holds them all, ms
 * @param trades what they did
 */
public record Partial(String symbol, long minute, Fold trades) {

    static final long LENGTH = 60_000;

    static long minuteOf(long time) {
        return Math.floorDiv(time, LENGTH) * LENGTH;
    }

    /** Whether it only tells that candles of the symbol are there. */
    boolean isSighting() {
        return trades.count() == 0;
    }

    /** Timestamp of the last moment of its minute, ms. */
    long lastMoment() {
        return minute + LENGTH - 1;
    }

    Partial plus(Fold more) {
        return new Partial(symbol, minute, trades.plus(more));
    }
}
