package io.kline.history;

import io.kline.model.CandleKey;
import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** The intervals that events name by their codes; each is parsed once. Used by one thread. */
final class IntervalsByCode {

    private final ZoneOffset offset;
    private final Map<String, Interval> intervals = new HashMap<>();

    /**
     * @param offset the zone that candles are aligned in
     */
    IntervalsByCode(ZoneOffset offset) {
        this.offset = offset;
    }

    Interval of(String code) {
        return intervals.computeIfAbsent(code, any -> Interval.parse(code, offset));
    }

    /** The candle behind another one. */
    CandleKey follower(CandleKey key) {
        return key.at(of(key.interval()).nextOpen(key.openTime()));
    }
}
