package io.kline.candle;

import io.kline.model.Interval;
import java.io.Serializable;
import java.util.List;

/**
 * What the candles of every symbol are made by.
 *
 * @param intervals which candles there are
 * @param allowedLateness how long after its end a candle still takes trades, ms of the symbol's own
 *     time
 * @param carryFor how long after its last trade a symbol gets flat candles, ms
 */
public record Rules(List<Interval> intervals, long allowedLateness, long carryFor)
        implements Serializable {

    public Rules {
        intervals = List.copyOf(intervals);
    }
}
