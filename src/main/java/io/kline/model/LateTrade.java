package io.kline.model;

/**
 * A trade that came after its candle of one interval had been forgotten by the live job; the
 * corrector applies it to the stored candle.
 *
 * @param interval code of the interval whose candle it missed
 * @param openTime open time of that candle, ms
 * @param trade the trade
 * @param carried whether the live job itself re-issues the flat candles after it; otherwise the
 *     corrector does, up to the next traded candle
 */
public record LateTrade(String interval, long openTime, Trade trade, boolean carried) {}
