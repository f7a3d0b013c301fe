package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.Interval;

/**
 * What the live job may still issue itself. It gives a candle up when the symbol's time is {@code
 * kline.allowed-lateness} past its end; from then on only the corrector changes it.
 *
 * @param newest the highest time of a trade that the live job is known to have counted, ms; {@code
 *     Long.MIN_VALUE} if it knows nothing of the symbol
 * @param lateness {@code kline.allowed-lateness}, ms
 * @param now ms
 */
record Held(long newest, long lateness, long now) {

    /** Whether the live job was never seen to have the symbol. */
    private boolean isNothing() {
        return newest == Long.MIN_VALUE;
    }

    /** Whether a candle is given up. */
    boolean isGivenUp(long end) {
        return isNothing() || end + lateness <= newest;
    }

    /**
     * Whether nothing but a late trade can change a candle.
     *
     * @param nextTraded first minute with trades behind it, ms: flat candles behind the last one
     *     that was given up are issued again with a later price
     * @param latest the latest kline of the series, or null
     */
    boolean isSettled(
            Interval interval,
            long open,
            long end,
            boolean isTraded,
            long nextTraded,
            Candle latest) {
        if (isNothing()) {
            return true;
        }
        boolean isLatest = latest != null && open >= latest.openTime();
        return !isLatest
                && isGivenUp(end)
                && (isTraded
                        || nextTraded != Long.MAX_VALUE
                                && isGivenUp(interval.nextOpen(interval.openOf(nextTraded))));
    }

    /** Whether the time for late trades is over by the clock, too: a candle may be closed then. */
    boolean isOver(long end) {
        return end + lateness <= now;
    }
}
