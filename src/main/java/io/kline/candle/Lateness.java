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
     * Whether the candle of a trade had been given up when the trade came. If not, though it is
     * before an added interval, nobody else folds it: the candle is one of the removed series, or
     * is not stored yet, and whoever makes it of stored minutes has the trade in them.
     */
    static boolean isForStored(PendingTrades.Single single, Series one) {
        return isLate(single, one)
                && (!one.beginning().isAddedAfter(single.trade().time())
                        || end(single, one) <= single.givenUp());
    }

    /** Whether the candle of a trade had been given up when the trade came, or is not made here. */
    static boolean isLate(PendingTrades.Single single, Series one) {
        return end(single, one) <= Math.max(single.givenUp(), one.beginning().firstOpen());
    }

    private static long end(PendingTrades.Single single, Series one) {
        Interval interval = one.interval();
        return interval.nextOpen(interval.openOf(single.trade().time()));
    }
}
