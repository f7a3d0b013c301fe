package io.kline.store.mysql;

import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.SortedSet;

/**
 * The statements of the table {@code kline_correction}: which late trades a stored candle already
 * has.
 */
public final class CorrectionLedger {

    /**
     * Adds a row; its parameters are set by {@link #bind(PreparedStatement, LateTrade)}. Fails
     * where there is one already: then somebody else has applied the trade in the meantime.
     */
    public static final String INSERT =
            "INSERT INTO kline_correction (symbol, interval_code, open_time, trade_id, price,"
                    + " quantity, trade_time, is_buyer_maker, executions)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private static final String SELECT =
            "SELECT symbol, interval_code, open_time, trade_id, price, quantity, trade_time,"
                    + " is_buyer_maker, CAST(1000 * UNIX_TIMESTAMP(applied_at) AS SIGNED)"
                    + " FROM kline_correction WHERE symbol = ?";

    private static final String OLDEST_FIRST =
            " ORDER BY open_time, interval_code, trade_time, trade_id LIMIT ?";

    private static final String NEWEST_FIRST =
            " ORDER BY open_time DESC, interval_code DESC, trade_time DESC, trade_id DESC LIMIT ?";

    private CorrectionLedger() {}

    /**
     * One late trade of one candle.
     *
     * @param candle the candle
     * @param tradeId id of the trade
     */
    public record Entry(CandleKey candle, long tradeId) implements Comparable<Entry> {

        private static final Comparator<Entry> ORDER =
                Comparator.comparing(Entry::candle).thenComparingLong(Entry::tradeId);

        /** The entry that a late trade has or will have. */
        public static Entry of(LateTrade late) {
            return new Entry(late.candle(), late.trade().id());
        }

        @Override
        public int compareTo(Entry other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The statement that reads the entries of a symbol in a range of open times, with when they
     * were applied, ms. Parameters: symbol, interval if there is one, first and last open time in
     * ms, how many at most. Those of one interval are read along the primary key.
     *
     * @param ofInterval whether it reads those of one interval
     * @param newest whether it reads the newest, newest first; else the oldest, oldest first
     */
    public static String range(boolean ofInterval, boolean newest) {
        return SELECT
                + (ofInterval ? " AND interval_code = ?" : "")
                + " AND open_time BETWEEN ? AND ?"
                + (newest ? NEWEST_FIRST : OLDEST_FIRST);
    }

    /** Sets the parameters of {@link #INSERT}. */
    public static void bind(PreparedStatement statement, LateTrade late) throws SQLException {
        Trade trade = late.trade();
        int i = 0;
        statement.setString(++i, trade.symbol());
        statement.setString(++i, late.interval());
        statement.setLong(++i, late.openTime());
        statement.setLong(++i, trade.id());
        statement.setBigDecimal(++i, trade.price());
        statement.setBigDecimal(++i, trade.quantity());
        statement.setLong(++i, trade.time());
        statement.setBoolean(++i, trade.buyerIsMaker());
        statement.setLong(++i, trade.count());
    }

    /**
     * The statement that reads which of the entries exist; its parameters are set by {@link
     * #bind(PreparedStatement, SortedSet)}.
     */
    public static String select(SortedSet<Entry> entries) {
        StringBuilder sql =
                new StringBuilder(
                        "SELECT symbol, interval_code, open_time, trade_id FROM kline_correction"
                                + " WHERE ");
        CandleKey before = null;
        for (Entry entry : entries) {
            if (entry.candle.equals(before)) {
                sql.append(", ?");
            } else {
                sql.append(before == null ? "" : ")) OR ")
                        .append("(symbol = ? AND interval_code = ? AND open_time = ?")
                        .append(" AND trade_id IN (?");
            }
            before = entry.candle;
        }
        return sql.append("))").toString();
    }

    /** Sets the parameters of {@link #select}. */
    public static void bind(PreparedStatement statement, SortedSet<Entry> entries)
            throws SQLException {
        int i = 0;
        CandleKey before = null;
        for (Entry entry : entries) {
            CandleKey candle = entry.candle;
            if (!candle.equals(before)) {
                statement.setString(++i, candle.symbol());
                statement.setString(++i, candle.interval());
                statement.setLong(++i, candle.openTime());
            }
            statement.setLong(++i, entry.tradeId);
            before = candle;
        }
    }

    /**
     * The statement that reads how many executions were applied to each candle: symbol, interval,
     * open time in ms, sum. A candle without entries has no row. Its parameters are set by {@link
     * KlineSelect#bind}.
     */
    public static String sum(SortedSet<CandleKey> candles) {
        return "SELECT symbol, interval_code, open_time, SUM(executions) FROM kline_correction"
                + " WHERE "
                + KlineSelect.where(candles)
                + " GROUP BY symbol, interval_code, open_time";
    }

    /** The entry of the current row. */
    public static Entry read(ResultSet row) throws SQLException {
        return new Entry(
                new CandleKey(row.getString(1), row.getString(2), row.getLong(3)), row.getLong(4));
    }
}
