package io.kline.live;

import io.kline.candle.Rules;
import java.io.Serializable;

/**
 * How candles are formed.
 *
 * @param rules what the candles of every symbol are made by
 * @param mergeInterval how often trades are merged into candles, ms
 * @param idleTimeout after how long without trades a partition has none, ms
 * @param reissueInterval how often the latest candles are issued again, ms
 * @param ticks when processing time opens and closes candles
 * @param elapsed time that passes evenly
 */
public record CandleSettings(
        Rules rules,
        long mergeInterval,
        long idleTimeout,
        long reissueInterval,
        Ticks ticks,
        MonotonicClock elapsed)
        implements Serializable {}
