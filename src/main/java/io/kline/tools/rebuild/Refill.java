package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.heal.HeldHistory;
import io.kline.store.heal.ShortHistories;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fills the histories in Redis from the table: the newest candles that are closed, as many as a
 * history keeps.
 */
final class Refill {

    private final Tables tables;
    private final Recent recent;
    private final ShortHistories histories;
    private final List<Interval> carried;
    private final Held clock;

    /**
     * @param carried the intervals of the live job
     * @param clock the time, and how long late trades are taken
     */
    Refill(
            Tables tables,
            Recent recent,
            ShortHistories histories,
            List<Interval> carried,
            Held clock) {
        this.tables = tables;
        this.recent = recent;
        this.histories = histories;
        this.carried = carried;
        this.clock = clock;
    }

    /**
     * A series of which Redis lacks something.
     *
     * @param held up to the latest kline
     * @param latest what becomes that, or null
     */
    record Short(String symbol, HeldHistory held, Candle latest) {

        /** Whether Redis has none, and gets none: a history has no place then. */
        boolean lacksLatest() {
            return held.latest() == Long.MAX_VALUE;
        }
    }

    /** Those of some symbols. */
    List<Short> of(List<String> symbols, List<Interval> intervals)
            throws IOException, SQLException, InterruptedException {
        List<Short> found = new ArrayList<>();
        for (Map.Entry<String, List<HeldHistory>> one :
                histories.held(symbols, intervals).entrySet()) {
            boolean isLeft =
                    one.getValue().stream().anyMatch(HeldHistory::lacksLatest)
                            && isLeft(one.getKey());
            for (HeldHistory held : one.getValue()) {
                Short some = bounded(one.getKey(), held, isLeft);
                if (some.latest != null || histories.isShort(some.symbol, some.held)) {
                    found.add(some);
                }
            }
        }
        return found;
    }

    /**
     * Whether no live job carries a symbol: both stores lack the next candle, whose time is long
     * over. Its newest candles are its latest ones then. Redis may have some of these already, from
     * a run that was broken off.
     */
    private boolean isLeft(String symbol) throws SQLException, InterruptedException {
        List<Candle> latest = recent.latest(symbol, carried.stream().map(Interval::code).toList());
        boolean isLeft = false;
        for (Interval interval : carried) {
            boolean isCarried =
                    latest.stream()
                            .filter(candle -> candle.interval().equals(interval.code()))
                            .anyMatch(candle -> !lacksNext(interval, candle));
            if (isCarried) {
                return false;
            }
            List<Candle> newest = tables.newest(symbol, interval.code(), Long.MAX_VALUE, 1);
            isLeft |= !newest.isEmpty() && lacksNext(interval, newest.get(0));
        }
        return isLeft;
    }

    private boolean lacksNext(Interval interval, Candle newest) {
        return clock.isOver(interval.nextOpen(interval.nextOpen(newest.openTime())));
    }

    private Short bounded(String symbol, HeldHistory held, boolean isLeft) throws SQLException {
        if (!held.lacksLatest()) {
            return new Short(symbol, held, null);
        }
        List<Candle> newest =
                isLeft
                        ? tables.newest(symbol, held.interval().code(), Long.MAX_VALUE, 1)
                        : List.of();
        return newest.isEmpty()
                ? new Short(symbol, held.endingAt(Long.MAX_VALUE), null)
                : new Short(symbol, held.endingAt(newest.get(0).openTime()), newest.get(0));
    }

    /**
     * Writes what it lacks.
     *
     * @return how many candles that were
     */
    int fill(Short one) throws IOException, SQLException, InterruptedException {
        List<Candle> missing = histories.missing(one.symbol, one.held);
        if (one.latest != null) {
            recent.writeLatest(one.latest);
        }
        return recent.bringBack(missing) + (one.latest == null ? 0 : 1);
    }
}
