package io.kline.candle;

import io.kline.model.Ohlcv;

/**
 * Flat candles that are still to be issued, though the series no longer remembers the trade that
 * they carry.
 *
 * @param from open time of the first, ms
 * @param to open time of the one behind the last, ms
 * @param basis their content
 */
public record Gap(long from, long to, Ohlcv basis) {}
