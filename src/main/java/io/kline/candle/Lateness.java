package io.kline.candle;

import io.kline.model.Interval;

/**
 * Which trades are late. The symbol's own trades decide, in the order of their arrival: no
 * watermark, no clock and no other symbol has a say.
 *
 * <p>A trade keeps the mark of its arrival until it is merged: what comes after it does not make it
 * late.
 */
final class Lateness {

    private Lateness() {}

    /**
     * The mark, ms: candles that end at or before it take no more trades.
     *
     * @param newest the highest time of counted trades, ms
     */
    static long mark(long newest, Rules rules) {
        return newest - rules.allowedLateness();
    }

    /**
     * Whether the candle of a trade had been given up when the trade came, or was made by an
     * earlier run.
     */
    static boolean isLate(PendingTrades.Single single, Series one) {
        Interval interval = one.interval();
        long end = interval.nextOpen(interval.openOf(single.trade().time()));
        return end <= Math.max(single.givenUp(), one.beginning().firstOpen());
    }
}
