package io.kline.model;

/**
 * A trade that came after its candle of one interval had been given up by the live job; the
 * corrector applies it to the stored candle. It says all that the corrector needs.
 *
 * @param interval code of the interval whose candle it missed
 * @param openTime open time of that candle, ms
 * @param trade the trade
 * @param carried whether the live job itself re-emits the flat candles after it; otherwise the
 *     corrector does, up to the next traded candle
 * @param carriedUntil flat candles after it open before this time, ms
 * @param opens whether the candle may be new: false where the live job never formed candles of this
 *     interval, so that a missing one has other trades that nobody counted
 * @param liveCount executions that the live job folded into that candle; {@link #UNKNOWN} if it no
 *     longer knows
 * @param takenOver whether the live job found that candle in a store when it started without state:
 *     late trades that were applied to it by then may be among those executions
 */
public record LateTrade(
        String interval,
        long openTime,
        Trade trade,
        boolean carried,
        long carriedUntil,
        boolean opens,
        long liveCount,
        boolean takenOver) {

    /** The value of {@link #liveCount} that is not known. */
    public static final long UNKNOWN = -1;

    /** The candle that it missed. */
    public CandleKey candle() {
        return new CandleKey(trade.symbol(), interval, openTime);
    }
}
