package io.kline.query;

import io.kline.model.Candle;

/**
 * A closed candle that was changed.
 *
 * @param id of the change, unique
 * @param symbol of the candle
 * @param interval code of its interval
 * @param openTime its open time, ms
 * @param reason {@code late_trade}, {@code carried} or {@code rebuilt}
 * @param time when it was changed, ms
 * @param before as it was; null if it was not there
 * @param after as it has been since; null if it was removed
 */
public record RestatedCandle(
        long id,
        String symbol,
        String interval,
        long openTime,
        String reason,
        long time,
        Candle before,
        Candle after) {}
