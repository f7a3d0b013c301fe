package io.kline.server.udf;

import io.kline.model.Interval;
import io.kline.model.Interval.Unit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The intervals by the names they have in UDF: minutes as a number, and {@code 1D 1W 1M}. */
final class Resolutions {

    private static final int MINUTES_OF_HOUR = 60;

    private final List<Interval> intervals;
    private final Map<String, Interval> byName = new HashMap<>();

    Resolutions(List<Interval> intervals) {
        this.intervals = intervals;
        for (Interval interval : intervals) {
            String name = name(interval);
            byName.put(name, interval);
            if (interval.count() == 1 && !isIntraday(interval)) {
                // The library's older name for one day, week or month.
                byName.put(name.substring(1), interval);
            }
        }
    }

    /** The interval that a resolution means. */
    Optional<Interval> find(String resolution) {
        return Optional.ofNullable(byName.get(resolution));
    }

    /** The names of all, in the order of the settings. */
    List<String> names() {
        return intervals.stream().map(Resolutions::name).toList();
    }

    /** The names of those below a day. */
    List<String> intraday() {
        return intervals.stream().filter(Resolutions::isIntraday).map(Resolutions::name).toList();
    }

    /** How many units those of a unit have. */
    List<String> multipliers(Unit unit) {
        return intervals.stream()
                .filter(interval -> interval.unit() == unit)
                .map(interval -> Integer.toString(interval.count()))
                .toList();
    }

    private static boolean isIntraday(Interval interval) {
        return interval.unit() == Unit.MINUTE || interval.unit() == Unit.HOUR;
    }

    private static String name(Interval interval) {
        return switch (interval.unit()) {
            case MINUTE -> Integer.toString(interval.count());
            case HOUR -> Integer.toString(interval.count() * MINUTES_OF_HOUR);
            case DAY -> interval.count() + "D";
            case WEEK -> interval.count() + "W";
            case MONTH -> interval.count() + "M";
        };
    }
}
