package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.sql.SQLException;

/**
 * The flat candles that carry the close of a candle, up to the next one that has trades or carries
 * a later trade. It is shown the stored candles in their order and hands out what has to be
 * written: flat ones with an older basis, and missing ones.
 */
final class CarryForward {

    /** Events of the first version do not know where the flat candles end. */
    private static final long NOT_KNOWN = Long.MAX_VALUE;

    private final Candle basis;
    private final Interval interval;
    private final long until;
    private final boolean fills;
    private final CandleBuffer out;
    private long next;

    /**
     * @param basis the candle whose close is carried, traded
     * @param interval its interval
     * @param until the flat candles open before this time, ms; {@code Long.MAX_VALUE}: they end
     *     with the last stored candle
     * @param fills whether a candle that is not stored between them is a flat one; else nobody
     *     knows of its trades, and the next stored one follows
     * @param out takes the candles to be written
     */
    CarryForward(Candle basis, Interval interval, long until, boolean fills, CandleBuffer out) {
        this.basis = basis;
        this.interval = interval;
        this.until = until;
        this.fills = fills;
        this.out = out;
        this.next = interval.nextOpen(basis.openTime());
    }

    /**
     * Looks at the stored candle that comes next.
     *
     * @return whether the one after it may have to follow, too
     */
    boolean reaches(Candle stored) throws SQLException {
        if (fills) {
            fillTo(Math.min(stored.openTime(), until));
        }
        if (stored.openTime() >= until || !follows(basis, stored)) {
            return false;
        }
        if (basis.ohlcv().last().isAfter(stored.ohlcv().last())) {
            out.replace(stored.with(basis.ohlcv().carried()).asClosed());
        }
        next = interval.nextOpen(stored.openTime());
        return true;
    }

    /** There are no more stored candles. */
    void beyondLast() throws SQLException {
        if (fills && until != NOT_KNOWN) {
            fillTo(until);
        }
    }

    /** Open time of the candle after the last one that carries the basis' close, ms. */
    long end() {
        return next;
    }

    /** Whether a candle behind the basis carries its close, or should. */
    static boolean follows(Candle basis, Candle stored) {
        return stored.isFlat() && !stored.ohlcv().last().isAfter(basis.ohlcv().last());
    }

    private void fillTo(long end) throws SQLException {
        while (next < end) {
            long open = next;
            next = interval.nextOpen(open);
            out.add(new Candle(basis.key().at(open), next - 1, basis.ohlcv().carried(), true));
        }
    }
}
