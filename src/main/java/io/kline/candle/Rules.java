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
 * @param refresh how long a forming candle of each interval may wait for its next version, ms; 0 if
 *     every merge issues it; empty if that is so of all
 */
public record Rules(
        List<Interval> intervals, long allowedLateness, long carryFor, List<Long> refresh)
        implements Serializable {

    public Rules {
        intervals = List.copyOf(intervals);
        // The usual case has nothing to look at for every symbol at every merge.
        refresh = refresh.stream().allMatch(wait -> wait == 0) ? List.of() : List.copyOf(refresh);
    }

    /** Every merge issues every forming candle. */
    public Rules(List<Interval> intervals, long allowedLateness, long carryFor) {
        this(intervals, allowedLateness, carryFor, List.of());
    }
}
