package io.kline.demo.check;

/**
 * How far the candles of a symbol must reach.
 *
 * @param first a time in the first candle, or null if unknown, ms
 * @param reached a time in the current candle, ms
 */
record Bounds(Long first, long reached) {}
