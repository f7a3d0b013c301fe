package io.kline.server.api;

import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The intervals that can be asked for. */
public final class Intervals {

    private final Map<String, Interval> byCode = new LinkedHashMap<>();
    private final ZoneOffset offset;

    /**
     * @param stored the intervals of the stores, at least one, all in one zone
     */
    public Intervals(List<Interval> stored) {
        stored.forEach(interval -> byCode.put(interval.code(), interval));
        offset = stored.get(0).offset();
    }

    /** The interval as it is stored; codes are case-sensitive. */
    public Optional<Interval> find(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** All, in the order of the settings. */
    public List<Interval> all() {
        return List.copyOf(byCode.values());
    }

    /** The zone that they are stored in. */
    public ZoneOffset offset() {
        return offset;
    }
}
