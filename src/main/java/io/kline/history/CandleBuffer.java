package io.kline.history;

import io.kline.model.Candle;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Collects candles and writes them in batches, so that any number takes little memory. */
final class CandleBuffer {

    private static final int BATCH = 1_000;

    private final CandleStore store;
    private final List<Candle> candles = new ArrayList<>();
    private int written;

    CandleBuffer(CandleStore store) {
        this.store = store;
    }

    void add(Candle candle) throws SQLException {
        candles.add(candle);
        if (candles.size() == BATCH) {
            flush();
        }
    }

    /** Writes what is left. */
    void flush() throws SQLException {
        store.write(candles);
        written += candles.size();
        candles.clear();
    }

    /** How many candles were written so far. */
    int written() {
        return written;
    }
}
