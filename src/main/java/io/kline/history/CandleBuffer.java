package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.store.mysql.RestatedLog.Change;
import io.kline.store.mysql.RestatedLog.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Collects flat candles and writes them in batches, so that any number takes little memory. What
 * they were before is read again under a lock: the log must not be wrong about it.
 */
final class CandleBuffer {

    private static final int BATCH = 1_000;

    private final CandleStore store;
    private final List<Candle> candles = new ArrayList<>();
    private final SortedSet<CandleKey> stored = new TreeSet<>();
    private int written;

    CandleBuffer(CandleStore store) {
        this.store = store;
    }

    /** Takes a candle that is missing. */
    void add(Candle candle) throws SQLException {
        candles.add(candle);
        if (candles.size() == BATCH) {
            flush();
        }
    }

    /** Takes a candle that is stored in another version. */
    void replace(Candle candle) throws SQLException {
        stored.add(candle.key());
        add(candle);
    }

    /** Writes what is left. */
    void flush() throws SQLException {
        SortedMap<CandleKey, Candle> before = store.lock(stored);
        store.write(candles);
        store.log(
                candles.stream()
                        .filter(each -> before.containsKey(each.key()))
                        .map(each -> change(before.get(each.key()), each))
                        .filter(Change::isReal)
                        .toList());
        written += candles.size();
        candles.clear();
        stored.clear();
    }

    /** How many candles were written so far. */
    int written() {
        return written;
    }

    private static Change change(Candle before, Candle after) {
        return new Change(Reason.CARRIED, after.key(), before, after);
    }
}
