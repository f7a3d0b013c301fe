package io.kline.demo.check;

import io.kline.model.Candle;
import java.time.Instant;
import java.util.Collection;
import java.util.NavigableMap;

/** I1: one candle per open time, without holes, in both stores. */
final class Completeness {

    private final Series series;
    private final OpenTimes times;
    private final Bounds bounds;
    private final int historySize;
    private final Findings findings;

    /**
     * @param historySize how many klines Redis keeps before the latest
     */
    Completeness(Series series, Bounds bounds, int historySize, Findings findings) {
        this.series = series;
        this.times = series.times();
        this.bounds = bounds;
        this.historySize = historySize;
        this.findings = findings;
    }

    /**
     * @param members size of the history as it is in Redis
     * @param latestExists whether there is a latest kline, readable or not
     */
    void check(int members, boolean latestExists) {
        if (members > historySize) {
            report(
                    null,
                    "the history is too long",
                    historySize + " at most",
                    Integer.toString(members),
                    null);
        }
        boolean latestIsCurrent = checkLatest(latestExists);
        checkHistory(latestIsCurrent);
        checkRows();
    }

    private boolean checkLatest(boolean exists) {
        long current = times.openOf(bounds.reached());
        if (series.latest() == null) {
            if (!exists) {
                report(current, "no latest kline", text(current), "none", null);
            }
            return false;
        }
        long open = series.latest().openTime();
        if (open < current) {
            report(open, "the latest kline is stale", text(current), text(open), null);
            return false;
        }
        if (series.history().containsKey(open)) {
            report(open, "the latest kline is in the history, too", "once", "twice", null);
        }
        return true;
    }

    private void checkHistory(boolean latestIsCurrent) {
        NavigableMap<Long, Candle> history = series.history();
        if (!latestIsCurrent || bounds.first() == null) {
            if (!history.isEmpty()) {
                long first = times.number(history.firstKey());
                long last = times.number(history.lastKey());
                checkHoles(history.values(), first, last, true);
            }
            return;
        }
        long latest = times.number(series.latest().openTime());
        long first = Math.max(times.number(bounds.first()), latest - historySize);
        checkHoles(history.headMap(times.open(latest)).values(), first, latest - 1, true);
    }

    private void checkRows() {
        Long lastClosed = null;
        Long firstClosed = null;
        for (Candle candle : series.recent().values()) {
            if (candle.closed()) {
                lastClosed = times.number(candle.openTime());
                firstClosed = firstClosed == null ? lastClosed : firstClosed;
            }
        }
        boolean empty = series.rows().isEmpty();
        if (empty && lastClosed == null) {
            return;
        }
        long oldest = empty ? firstClosed : times.number(series.rows().get(0).openTime());
        long first = bounds.first() == null ? oldest : times.number(bounds.first());
        checkHoles(series.rows(), first, lastClosed == null ? first - 1 : lastClosed, false);
    }

    /** Every number from {@code first} to {@code last} must be there, and none before it. */
    private void checkHoles(Collection<Candle> candles, long first, long last, boolean inRedis) {
        long next = first;
        for (Candle candle : candles) {
            long number = times.number(candle.openTime());
            if (number < first && (!inRedis || bounds.first() != null && isBeforeFirst(number))) {
                reportStore(
                        candle.openTime(),
                        "a candle before the first",
                        text(times.open(first)) + " is the first",
                        "present",
                        inRedis);
            }
            if (number > next) {
                reportHole(next, number - 1, inRedis);
            }
            next = Math.max(next, number + 1);
        }
        if (next <= last) {
            reportHole(next, last, inRedis);
        }
    }

    private boolean isBeforeFirst(long number) {
        return number < times.number(bounds.first());
    }

    private void reportHole(long from, long to, boolean inRedis) {
        String what =
                from == to
                        ? "a candle is missing"
                        : "%d candles are missing, the last one is %s"
                                .formatted(to - from + 1, text(times.open(to)));
        reportStore(times.open(from), what, "present", "missing", inRedis);
    }

    private void reportStore(
            long open, String what, String expected, String actual, boolean inRedis) {
        report(open, what, expected, inRedis ? actual : null, inRedis ? null : actual);
    }

    private void report(Long open, String what, String expected, String redis, String mysql) {
        findings.add(
                new Violation(
                        Invariant.COMPLETE,
                        series.symbol(),
                        times.code(),
                        open,
                        what,
                        expected,
                        redis,
                        mysql));
    }

    private static String text(long time) {
        return Instant.ofEpochMilli(time).toString();
    }
}
