package io.kline.tools.check;

import io.kline.model.Candle;
import io.kline.tools.replay.TimeText;
import java.util.Collection;
import java.util.NavigableMap;

/**
 * I1: one candle per open time, in both stores. From a trade on there are candles without holes
 * until the symbol rests; while it rests there are none.
 */
final class Completeness {

    private final ComparedSeries series;
    private final OpenTimes times;
    private final RequiredOpenTimes required;
    private final RequiredOpenTimes allowed;
    private final int historySize;
    private final Violations violations;

    /**
     * @param required candles there must be
     * @param allowed candles there may be
     * @param historySize how many klines Redis keeps before the latest
     */
    Completeness(
            ComparedSeries series,
            RequiredOpenTimes required,
            RequiredOpenTimes allowed,
            int historySize,
            Violations violations) {
        this.series = series;
        this.times = series.times();
        this.required = required;
        this.allowed = allowed;
        this.historySize = historySize;
        this.violations = violations;
    }

    /**
     * @param reached a time in the current candle, ms
     * @param members size of the history as it is in Redis
     * @param latestExists whether there is a latest kline, readable or not
     */
    void check(long reached, int members, boolean latestExists) {
        if (members > historySize) {
            report(
                    Place.series(series.symbol(), times.code()),
                    "the history is too long",
                    historySize + " at most",
                    Integer.toString(members),
                    null);
        }
        checkHistory(checkLatest(required.upTo(times.number(reached)), latestExists));
        checkRows();
        checkAllowed(series.recent().values(), true);
        checkAllowed(series.rows(), false);
    }

    /**
     * @param current number of the current candle, or null if there need not be one
     */
    private boolean checkLatest(Long current, boolean exists) {
        if (series.latest() == null) {
            if (!exists && current != null) {
                report(
                        Place.series(series.symbol(), times.code()),
                        "no latest kline",
                        TimeText.of(times.open(current)),
                        "none",
                        null);
            }
            return false;
        }
        long open = series.latest().openTime();
        if (current != null && times.number(open) < current) {
            report(
                    candle(open),
                    "the latest kline is stale",
                    TimeText.of(times.open(current)),
                    TimeText.of(open),
                    null);
            return false;
        }
        if (series.history().containsKey(open)) {
            report(candle(open), "the latest kline is in the history, too", "once", "twice", null);
        }
        return true;
    }

    private void checkHistory(boolean latestIsCurrent) {
        NavigableMap<Long, Candle> history = series.history();
        if (latestIsCurrent) {
            long open = series.latest().openTime();
            long last = times.number(open) - 1;
            long first = required.firstOfNewest(historySize, last);
            checkHoles(history.headMap(open).values(), first, last, true);
        } else if (!history.isEmpty()) {
            long first = times.number(history.firstKey());
            checkHoles(history.values(), first, times.number(history.lastKey()), true);
        }
    }

    /** Every candle that Redis has closed must be there, and what is between any two. */
    private void checkRows() {
        long last = Long.MIN_VALUE;
        if (!series.rows().isEmpty()) {
            last = times.number(series.rows().get(series.rows().size() - 1).openTime());
        }
        for (Candle candle : series.recent().values()) {
            if (candle.closed()) {
                last = Math.max(last, times.number(candle.openTime()));
            }
        }
        checkHoles(series.rows(), Long.MIN_VALUE, last, false);
    }

    /** Every required number from {@code first} to {@code last} must be there. */
    private void checkHoles(Collection<Candle> candles, long first, long last, boolean inRedis) {
        long[] present =
                candles.stream().mapToLong(candle -> times.number(candle.openTime())).toArray();
        int i = 0;
        for (RequiredOpenTimes.Range range : required.within(first, last)) {
            long next = range.first();
            while (i < present.length && present[i] <= range.last()) {
                if (present[i] > next) {
                    reportHole(next, present[i] - 1, inRedis);
                }
                next = Math.max(next, present[i] + 1);
                i++;
            }
            if (next <= range.last()) {
                reportHole(next, range.last(), inRedis);
            }
        }
    }

    private void reportHole(long from, long to, boolean inRedis) {
        String what =
                from == to
                        ? "a candle is missing"
                        : "%d candles are missing, the last one is %s"
                                .formatted(to - from + 1, TimeText.of(times.open(to)));
        reportStore(from, to, what, "present", "missing", inRedis);
    }

    private void checkAllowed(Collection<Candle> candles, boolean inRedis) {
        Long first = null;
        long last = 0;
        for (Candle candle : candles) {
            long number = times.number(candle.openTime());
            if (first != null && (number > last + 1 || allowed.contains(number))) {
                reportSurplus(first, last, inRedis);
                first = null;
            }
            if (!allowed.contains(number)) {
                first = first == null ? Long.valueOf(number) : first;
                last = number;
            }
        }
        if (first != null) {
            reportSurplus(first, last, inRedis);
        }
    }

    private void reportSurplus(long from, long to, boolean inRedis) {
        String what =
                from == to
                        ? "a candle too many, the symbol did not trade or rested"
                        : "%d candles too many, the last one is %s, the symbol did not trade or rested"
                                .formatted(to - from + 1, TimeText.of(times.open(to)));
        reportStore(from, to, what, "none", "present", inRedis);
    }

    private void reportStore(
            long from, long to, String what, String expected, String actual, boolean inRedis) {
        Place place = new Place(series.symbol(), times.code(), times.open(from), times.open(to));
        report(place, what, expected, inRedis ? actual : null, inRedis ? null : actual);
    }

    private Place candle(long open) {
        return Place.candle(series.symbol(), times.code(), open);
    }

    private void report(Place place, String what, String expected, String redis, String mysql) {
        violations.add(new Violation(Invariant.COMPLETE, place, what, expected, redis, mysql));
    }
}
