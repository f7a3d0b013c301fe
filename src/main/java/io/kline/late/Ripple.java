package io.kline.late;

import io.kline.fold.LastTrade;
import io.kline.model.Candle;
import io.kline.model.Interval;
import java.sql.SQLException;

/**
 * The flat candles that carry the close of a corrected candle, up to the next one that has trades
 * or carries a later trade. It is shown the stored candles in their order and tells which have to
 * be written: flat ones with another basis, and those missing before a stored one.
 */
final class Ripple {

    private final Candle basis;
    private final Interval interval;
    private final CandleOutput out;
    private long next;

    /** Receives the candles to be written. */
    interface CandleOutput {
        void add(Candle candle) throws SQLException;
    }

    /**
     * @param basis the corrected candle, traded
     * @param interval its interval
     */
    Ripple(Candle basis, Interval interval, CandleOutput out) {
        this.basis = basis;
        this.interval = interval;
        this.out = out;
        this.next = interval.nextOpen(basis.openTime());
    }

    /**
     * Looks at the stored candle that comes next.
     *
     * @return whether the one after it may have to follow, too
     */
    boolean reaches(Candle stored) throws SQLException {
        while (next < stored.openTime()) {
            out.add(flat(next));
            next = interval.nextOpen(next);
        }
        if (!follows(basis, stored)) {
            return false;
        }
        if (Correction.lastOf(basis).isAfter(Correction.lastOf(stored))) {
            out.add(flat(stored.openTime()));
        }
        next = interval.nextOpen(stored.openTime());
        return true;
    }

    /** Open time of the candle after the last one that carries the basis' close, ms. */
    long end() {
        return next;
    }

    /** Whether a candle behind the basis carries its close, or should. */
    static boolean follows(Candle basis, Candle stored) {
        LastTrade carried = Correction.lastOf(stored);
        return stored.isFlat() && !carried.isAfter(Correction.lastOf(basis));
    }

    private Candle flat(long openTime) {
        return Candle.flat(
                basis.symbol(),
                basis.interval(),
                openTime,
                interval.nextOpen(openTime) - 1,
                basis.close(),
                basis.lastTime(),
                basis.lastId(),
                true);
    }
}
