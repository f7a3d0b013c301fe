package io.kline.tools.check;

import io.kline.config.MysqlOptions;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** The table of candles. What is read between two calls of {@link #renew} is one snapshot. */
final class MysqlRows implements AutoCloseable {

    /**
     * Open times of the oldest and the newest row of a series.
     *
     * @param first ms
     * @param last ms
     */
    record Range(long first, long last) {}

    /**
     * A row of the table.
     *
     * @param candle all of it but a column that is stored twice
     * @param lastTradeId the column: id of the version, or -1 without trades
     */
    record Row(Candle candle, long lastTradeId) {}

    private static final String SYMBOLS = "SELECT DISTINCT symbol FROM kline";

    private static final String RANGES =
            "SELECT interval_code, MIN(open_time), MAX(open_time) FROM kline WHERE symbol = ?"
                    + " GROUP BY interval_code";

    private static final String ROWS =
            "SELECT open_time, close_time, open, high, low, close, volume, quote_volume,"
                    + " taker_buy_volume, taker_buy_quote_volume, trade_count, first_trade_time,"
                    + " first_trade_id, last_trade_time, version_trade_id, closed, revision,"
                    + " last_trade_id"
                    + " FROM kline WHERE symbol = ? AND interval_code = ? ORDER BY open_time";

    private final Connection connection;

    private MysqlRows(Connection connection) {
        this.connection = connection;
    }

    static MysqlRows connect(MysqlOptions options) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", options.user);
        if (options.password != null) {
            properties.setProperty("password", options.password);
        }
        properties.setProperty("connectTimeout", "5000");
        properties.setProperty("socketTimeout", "60000");
        Connection connection = DriverManager.getConnection(options.url, properties);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return new MysqlRows(connection);
    }

    /** Makes the next reading see what has been committed until then. */
    void renew() throws SQLException {
        connection.rollback();
    }

    Set<String> symbols() throws SQLException {
        Set<String> symbols = new TreeSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SYMBOLS)) {
            while (row.next()) {
                symbols.add(row.getString(1));
            }
        }
        return symbols;
    }

    /** The ranges of a symbol by interval. */
    Map<String, Range> ranges(String symbol) throws SQLException {
        Map<String, Range> ranges = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(RANGES)) {
            select.setString(1, symbol);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ranges.put(row.getString(1), new Range(row.getLong(2), row.getLong(3)));
                }
            }
        }
        return ranges;
    }

    /** The rows of a symbol and interval, oldest first. */
    List<Row> of(String symbol, String interval) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement(
                        ROWS, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
            // Connector/J's word for streaming; else it buffers the whole result as bytes as well.
            select.setFetchSize(Integer.MIN_VALUE);
            select.setString(1, symbol);
            select.setString(2, interval);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(read(symbol, interval, row));
                }
            }
        }
        return rows;
    }

    private static Row read(String symbol, String interval, ResultSet row) throws SQLException {
        int i = 0;
        CandleKey key = new CandleKey(symbol, interval, row.getLong(++i));
        long closeTime = row.getLong(++i);
        BigDecimal open = row.getBigDecimal(++i);
        BigDecimal high = row.getBigDecimal(++i);
        BigDecimal low = row.getBigDecimal(++i);
        BigDecimal close = row.getBigDecimal(++i);
        BigDecimal volume = row.getBigDecimal(++i);
        BigDecimal quoteVolume = row.getBigDecimal(++i);
        BigDecimal takerBuyVolume = row.getBigDecimal(++i);
        BigDecimal takerBuyQuoteVolume = row.getBigDecimal(++i);
        long count = row.getLong(++i);
        Ohlcv ohlcv =
                new Ohlcv(
                        new TradeRef(row.getLong(++i), row.getLong(++i)),
                        new TradeRef(row.getLong(++i), row.getLong(++i)),
                        open,
                        high,
                        low,
                        close,
                        volume,
                        quoteVolume,
                        takerBuyVolume,
                        takerBuyQuoteVolume,
                        count);
        return new Row(
                new Candle(key, closeTime, ohlcv, row.getBoolean(++i), row.getLong(++i)),
                row.getLong(++i));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
