package io.kline.tools.rebuild;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.store.Backoff;
import io.kline.store.mysql.CorrectionLedger;
import io.kline.store.mysql.KlineSelect;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.mysql.RestatedLog;
import io.kline.store.mysql.RestatedLog.Change;
import io.kline.store.mysql.SqlProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of MySQL: candles and the ledger of late trades. Used by one thread. */
final class Tables implements AutoCloseable {

    private static final String FOR_UPDATE = " FOR UPDATE";

    private static final String LEDGER =
            "SELECT open_time, trade_id, price, quantity, trade_time, is_buyer_maker, executions"
                    + " FROM kline_correction WHERE symbol = ? AND interval_code = ?"
                    + " AND open_time BETWEEN ? AND ?";

    private static final String DELETE_ENTRY =
            "DELETE FROM kline_correction WHERE symbol = ? AND interval_code = ? AND open_time = ?"
                    + " AND trade_id = ?";

    private static final String DELETE =
            "DELETE FROM kline WHERE symbol = ? AND interval_code = ? AND open_time = ?";

    private static final String FIRST_TRADED =
            "SELECT open_time FROM kline WHERE symbol = ? AND interval_code = ?"
                    + " AND open_time >= ? AND trade_count > 0 ORDER BY open_time LIMIT 1";

    private static final String ANY = "SELECT 1 FROM kline WHERE symbol = ? LIMIT 1";

    private static final int ATTEMPTS = 6;

    private final Connection connection;

    Tables(MysqlLogin login) throws SQLException {
        connection = login.connect();
        // The gap of a missing candle is locked, too: the corrector cannot insert it meanwhile.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    /** Something to be done in one transaction; may be done again when others were faster. */
    interface Work {
        void run() throws SQLException, IOException, InterruptedException;
    }

    /** Does the work: all of it happens or nothing. */
    void inTransaction(Work work) throws SQLException, IOException, InterruptedException {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(2));
        for (int attempt = 1; ; attempt++) {
            connection.setAutoCommit(false);
            try {
                work.run();
                connection.commit();
                return;
            } catch (SQLException e) {
                if (attempt == ATTEMPTS || !SqlProblem.isConflict(e)) {
                    throw e;
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
            Thread.sleep(backoff.nextMillis());
        }
    }

    /**
     * The candles of a series that open in a range.
     *
     * @param from first open time, ms
     * @param to first open time behind it, ms
     * @param isLocked whether nobody else may change them, or insert one, until the transaction
     *     ends
     */
    NavigableMap<Long, Candle> candles(
            String symbol, String interval, long from, long to, boolean isLocked)
            throws SQLException {
        NavigableMap<Long, Candle> candles = new TreeMap<>();
        String sql = KlineSelect.OLDEST + (isLocked ? FOR_UPDATE : "");
        for (Candle one : select(sql, symbol, interval, from, to - 1, Integer.MAX_VALUE)) {
            candles.put(one.openTime(), one);
        }
        return candles;
    }

    /** The newest candles of a series that open before a time, ms, newest first. */
    List<Candle> newest(String symbol, String interval, long before, int most) throws SQLException {
        return select(KlineSelect.NEWEST, symbol, interval, Long.MIN_VALUE, before - 1, most);
    }

    /**
     * The flat content behind the last trade before a time, as candles of any interval know it;
     * null if there is none.
     *
     * @param time ms
     */
    Ohlcv carried(String symbol, List<Interval> intervals, long time) throws SQLException {
        Ohlcv last = null;
        for (Interval interval : intervals) {
            for (Candle candle : newest(symbol, interval.code(), time, 1)) {
                if (candle.closeTime() < time) {
                    Ohlcv carried = candle.ohlcv().carried();
                    last = last == null ? carried : last.plus(carried);
                }
            }
        }
        return last;
    }

    /** Whether a symbol has a candle of any interval. */
    boolean hasCandles(String symbol) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(ANY)) {
            select.setString(1, symbol);
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** The oldest candle of a series, if any. */
    Optional<Candle> oldest(String symbol, String interval) throws SQLException {
        return select(KlineSelect.OLDEST, symbol, interval, Long.MIN_VALUE, Long.MAX_VALUE, 1)
                .stream()
                .findFirst();
    }

    /** Open time of the first candle with trades that opens at a time or later, or MAX_VALUE. */
    long firstTraded(String symbol, String interval, long from) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST_TRADED)) {
            select.setString(1, symbol);
            select.setString(2, interval);
            select.setLong(3, from);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : Long.MAX_VALUE;
            }
        }
    }

    /** What the ledger has for the candles that open in a range, by open time, ms. */
    NavigableMap<Long, List<Trade>> ledger(
            String symbol, String interval, long from, long to, boolean isLocked)
            throws SQLException {
        NavigableMap<Long, List<Trade>> entries = new TreeMap<>();
        try (PreparedStatement select =
                connection.prepareStatement(LEDGER + (isLocked ? FOR_UPDATE : ""))) {
            select.setString(1, symbol);
            select.setString(2, interval);
            select.setLong(3, from);
            select.setLong(4, to - 1);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long id = row.getLong(2);
                    Trade trade =
                            new Trade(
                                    symbol,
                                    id - row.getLong(7) + 1,
                                    id,
                                    row.getBigDecimal(3).stripTrailingZeros(),
                                    row.getBigDecimal(4).stripTrailingZeros(),
                                    row.getLong(5),
                                    row.getBoolean(6));
                    entries.computeIfAbsent(row.getLong(1), any -> new ArrayList<>()).add(trade);
                }
            }
        }
        return entries;
    }

    /** All symbols that have candles. */
    Set<String> symbols() throws SQLException {
        Set<String> symbols = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement(KlineSelect.NEXT_SYMBOL)) {
            String last = "";
            while (last != null) {
                select.setString(1, last);
                try (ResultSet row = select.executeQuery()) {
                    last = row.next() ? row.getString(1) : null;
                }
                if (last != null) {
                    symbols.add(last);
                }
            }
        }
        return symbols;
    }

    /** Writes candles, except where a higher version is stored. */
    void write(List<Candle> candles) throws SQLException {
        if (candles.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement(KlineUpsert.SQL)) {
            for (Candle candle : candles) {
                KlineUpsert.bind(upsert, candle);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    /** Adds changes of closed candles to the log of them. */
    void log(List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(RestatedLog.INSERT)) {
            for (Change change : changes) {
                RestatedLog.bind(insert, change);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    void delete(CandleKey key) throws SQLException {
        update(DELETE, key.symbol(), key.interval(), key.openTime());
    }

    void addEntry(CandleKey key, Trade trade) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CorrectionLedger.INSERT)) {
            LateTrade late =
                    new LateTrade(
                            key.interval(),
                            key.openTime(),
                            trade,
                            false,
                            0,
                            true,
                            LateTrade.UNKNOWN,
                            false);
            CorrectionLedger.bind(insert, late);
            insert.executeUpdate();
        }
    }

    void deleteEntry(CandleKey key, Trade trade) throws SQLException {
        update(DELETE_ENTRY, key.symbol(), key.interval(), key.openTime(), trade.id());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private void update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private List<Candle> select(
            String sql, String symbol, String interval, long from, long to, int most)
            throws SQLException {
        List<Candle> candles = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, symbol);
            select.setString(2, interval);
            select.setLong(3, from);
            select.setLong(4, to);
            select.setInt(5, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    candles.add(KlineSelect.read(row));
                }
            }
        }
        return candles;
    }
}
