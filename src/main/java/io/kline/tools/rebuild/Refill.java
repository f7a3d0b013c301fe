package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fills the history of a series in Redis from the table: the newest candles that are closed, as
 * many as a history keeps.
 */
final class Refill {

    private final Tables tables;
    private final Recent recent;
    private final int historySize;
    private final Held clock;

    /**
     * @param clock the time, and how long late trades are taken
     */
    Refill(Tables tables, Recent recent, int historySize, Held clock) {
        this.tables = tables;
        this.recent = recent;
        this.historySize = historySize;
        this.clock = clock;
    }

    /**
     * What Redis lacks of a series.
     *
     * @param candles missing ones, oldest first
     * @param latest what becomes the latest kline, or null
     */
    record Missing(List<Candle> candles, Candle latest) {
        int size() {
            return candles.size() + (latest == null ? 0 : 1);
        }
    }

    /**
     * Whether no live job carries a symbol: Redis has no latest kline of it, and the table lacks
     * the next candle, whose time is long over. Its newest candles are its latest ones then.
     *
     * @param intervals those of the live job
     */
    boolean isLeft(String symbol, List<Interval> intervals)
            throws SQLException, InterruptedException {
        if (!recent.latest(symbol, intervals.stream().map(Interval::code).toList()).isEmpty()) {
            return false;
        }
        for (Interval interval : intervals) {
            List<Candle> newest = tables.newest(symbol, interval.code(), Long.MAX_VALUE, 1);
            if (!newest.isEmpty()) {
                long next = interval.nextOpen(newest.get(0).openTime());
                if (clock.isOver(interval.nextOpen(next))) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * Looks for what Redis lacks of a series.
     *
     * @param isLeft whether no live job carries the symbol
     */
    Missing of(String symbol, Interval interval, boolean isLeft)
            throws SQLException, InterruptedException {
        String code = interval.code();
        Recent.Kept kept = recent.of(symbol, code, Long.MIN_VALUE, Long.MAX_VALUE);
        long end = kept.latest() == null ? Long.MAX_VALUE : kept.latest().openTime();
        boolean isEnded = isLeft && kept.latest() == null;
        List<Candle> newest =
                new ArrayList<>(tables.newest(symbol, code, end, historySize + (isEnded ? 1 : 0)));
        Candle latest = isEnded && !newest.isEmpty() ? newest.remove(0) : null;
        List<Candle> missing = new ArrayList<>();
        for (Candle stored : newest) {
            // What Redis has was compared, or is none of this range.
            if (!kept.candles().containsKey(stored.openTime())) {
                missing.add(stored);
            }
        }
        Collections.reverse(missing);
        return new Missing(missing, latest);
    }

    /** Writes it. */
    void write(Missing missing) throws InterruptedException {
        recent.write(missing.candles());
        if (missing.latest() != null) {
            recent.writeLatest(missing.latest());
        }
    }
}
