package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.store.mysql.CorrectionLedger.Entry;
import io.kline.store.mysql.RestatedLog.Change;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;

/** All history and the ledger of its corrections, within one transaction. */
interface CandleStore {

    /** The candles that are there; nobody else changes them, or inserts one, until the end. */
    SortedMap<CandleKey, Candle> lock(SortedSet<CandleKey> keys) throws SQLException;

    /** The candles that are there. */
    SortedMap<CandleKey, Candle> read(SortedSet<CandleKey> keys) throws SQLException;

    /** The candles of the same symbol and interval that open later, oldest first. */
    List<Candle> after(CandleKey key, int most) throws SQLException;

    /** Writes candles, except where a higher version is stored. */
    void write(List<Candle> candles) throws SQLException;

    /** Adds changes of closed candles to the log of them. */
    void log(List<Change> changes) throws SQLException;

    /** Which of the entries the ledger has. */
    Set<Entry> applied(SortedSet<Entry> entries) throws SQLException;

    /** Executions that the ledger has for each of the candles; none for those without entries. */
    SortedMap<CandleKey, Long> corrected(SortedSet<CandleKey> keys) throws SQLException;

    /** Adds late trades to the ledger; fails if it has one of them. */
    void record(List<LateTrade> trades) throws SQLException;
}
