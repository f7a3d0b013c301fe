package io.kline.store.mysql;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** The statements that read candles, and how a row becomes one. */
public final class KlineSelect {

    private static final String SELECT =
            "SELECT symbol, interval_code, open_time, close_time, open, high, low, close, volume,"
                    + " quote_volume, taker_buy_volume, taker_buy_quote_volume, trade_count,"
                    + " first_trade_time, first_trade_id, last_trade_time, version_trade_id, closed,"
                    + " revision"
                    + " FROM kline WHERE ";

    /**
     * The candles of a symbol and interval that open after a time, oldest first. Parameters:
     * symbol, interval, time in ms, how many at most.
     */
    public static final String AFTER =
            SELECT
                    + "symbol = ? AND interval_code = ? AND open_time > ? ORDER BY open_time LIMIT ?";

    /**
     * The oldest candles of a symbol and interval in a range of open times. Parameters: symbol,
     * interval, first and last open time in ms, how many at most.
     */
    public static final String OLDEST =
            SELECT
                    + "symbol = ? AND interval_code = ? AND open_time BETWEEN ? AND ?"
                    + " ORDER BY open_time LIMIT ?";

    /** The same for the newest candles, newest first. */
    public static final String NEWEST =
            SELECT
                    + "symbol = ? AND interval_code = ? AND open_time BETWEEN ? AND ?"
                    + " ORDER BY open_time DESC LIMIT ?";

    /**
     * The newest open times of a symbol and interval before a time, newest first. Parameters:
     * symbol, interval, time in ms, how many at most.
     */
    public static final String OPENS_BEFORE =
            "SELECT open_time FROM kline"
                    + " WHERE symbol = ? AND interval_code = ? AND open_time < ?"
                    + " ORDER BY open_time DESC LIMIT ?";

    /**
     * The first symbol after one, in the order of the alphabet. One by one, since not every server
     * jumps through the primary key for {@code DISTINCT}. Parameter: the one.
     */
    public static final String NEXT_SYMBOL =
            "SELECT symbol FROM kline WHERE symbol > ? ORDER BY symbol LIMIT 1";

    private KlineSelect() {}

    /**
     * The same for each of some places that has one, in any order. By itself each is a jump in the
     * primary key; of a subquery that depends on another one servers make a scan of the table.
     *
     * @param places how many, at least 1
     */
    public static String nextSymbols(int places) {
        return unionOf(places, NEXT_SYMBOL);
    }

    /**
     * The newest candle of each of some symbols, in any order. Parameters: for each of them symbol
     * and interval. Neither server jumps through the primary key for one maximum per group, so each
     * symbol is looked up by itself.
     *
     * @param symbols how many, at least 1
     */
    public static String newestOfEach(int symbols) {
        String newest = SELECT + "symbol = ? AND interval_code = ? ORDER BY open_time DESC LIMIT 1";
        return unionOf(symbols, newest);
    }

    private static String unionOf(int parts, String select) {
        return Collections.nCopies(parts, select).stream()
                .collect(Collectors.joining(") UNION ALL (", "(", ")"));
    }

    /** The statement that reads candles by their keys; its parameters are set by {@link #bind}. */
    public static String byKey(SortedSet<CandleKey> keys) {
        return SELECT + where(keys);
    }

    /**
     * The same that also locks the rows until the end of the transaction; where one is missing, the
     * gap it would be in.
     */
    public static String byKeyForUpdate(SortedSet<CandleKey> keys) {
        return byKey(keys) + " FOR UPDATE";
    }

    /** Sets the parameters of {@link #byKey} and {@link #byKeyForUpdate}. */
    public static void bind(PreparedStatement statement, SortedSet<CandleKey> keys)
            throws SQLException {
        int i = 0;
        CandleKey before = null;
        for (CandleKey key : keys) {
            if (before == null || !isSameSeries(before, key)) {
                statement.setString(++i, key.symbol());
                statement.setString(++i, key.interval());
            }
            statement.setLong(++i, key.openTime());
            before = key;
        }
    }

    /** The candle of the current row. */
    public static Candle read(ResultSet row) throws SQLException {
        int i = 0;
        CandleKey key = new CandleKey(row.getString(++i), row.getString(++i), row.getLong(++i));
        long closeTime = row.getLong(++i);
        BigDecimal open = decimal(row, ++i);
        BigDecimal high = decimal(row, ++i);
        BigDecimal low = decimal(row, ++i);
        BigDecimal close = decimal(row, ++i);
        BigDecimal volume = decimal(row, ++i);
        BigDecimal quoteVolume = decimal(row, ++i);
        BigDecimal takerBuyVolume = decimal(row, ++i);
        BigDecimal takerBuyQuoteVolume = decimal(row, ++i);
        long count = row.getLong(++i);
        TradeRef first = new TradeRef(row.getLong(++i), row.getLong(++i));
        TradeRef last = new TradeRef(row.getLong(++i), row.getLong(++i));
        Ohlcv ohlcv =
                new Ohlcv(
                        first,
                        last,
                        open,
                        high,
                        low,
                        close,
                        volume,
                        quoteVolume,
                        takerBuyVolume,
                        takerBuyQuoteVolume,
                        count);
        return new Candle(key, closeTime, ohlcv, row.getBoolean(++i), row.getLong(++i));
    }

    /**
     * A decimal without the zeros that the column fills it up with: without them most fit into a
     * long, and further arithmetic is fast.
     */
    private static BigDecimal decimal(ResultSet row, int column) throws SQLException {
        // Not getString: it writes small values with an exponent.
        String text = row.getBigDecimal(column).toPlainString();
        int end = text.length();
        if (text.indexOf('.') >= 0) {
            while (text.charAt(end - 1) == '0') {
                end--;
            }
            if (text.charAt(end - 1) == '.') {
                end--;
            }
        }
        return new BigDecimal(text.substring(0, end));
    }

    /**
     * A condition that both servers turn into ranges of the primary key, which they do not for a
     * list of tuples: per symbol and interval a list of open times.
     */
    static String where(SortedSet<CandleKey> sorted) {
        StringBuilder sql = new StringBuilder(64 + 3 * sorted.size());
        CandleKey before = null;
        for (CandleKey key : sorted) {
            if (before != null && isSameSeries(before, key)) {
                sql.append(", ?");
            } else {
                sql.append(before == null ? "" : ")) OR ")
                        .append("(symbol = ? AND interval_code = ? AND open_time IN (?");
            }
            before = key;
        }
        return sql.append("))").toString();
    }

    private static boolean isSameSeries(CandleKey a, CandleKey b) {
        return a.symbol().equals(b.symbol()) && a.interval().equals(b.interval());
    }
}
