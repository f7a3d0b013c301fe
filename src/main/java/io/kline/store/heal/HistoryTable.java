package io.kline.store.heal;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.store.mysql.KlineSelect;
import io.kline.store.mysql.MysqlLogin;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The table of all candles, read. A connection that failed is replaced at the next question. */
final class HistoryTable implements AutoCloseable {

    private final MysqlLogin login;
    private Connection connection;

    HistoryTable(MysqlLogin login) {
        this.login = login;
    }

    /** The next symbols in the order of the alphabet; fewer than asked for are the last ones. */
    List<String> symbolsAfter(String symbol, int most) throws SQLException {
        List<String> symbols = new ArrayList<>();
        String last = symbol;
        while (symbols.size() < most) {
            String after = last;
            List<String> next =
                    rows(
                            KlineSelect.NEXT_SYMBOL,
                            select -> select.setString(1, after),
                            row -> row.getString(1));
            if (next.isEmpty()) {
                break;
            }
            last = next.get(0);
            symbols.add(last);
        }
        return symbols;
    }

    /** The newest open times before a time, newest first. */
    List<Long> opensBefore(String symbol, Interval interval, long time, int most)
            throws SQLException {
        return rows(
                KlineSelect.OPENS_BEFORE,
                select -> {
                    select.setString(1, symbol);
                    select.setString(2, interval.code());
                    select.setLong(3, time);
                    select.setInt(4, most);
                },
                row -> row.getLong(1));
    }

    /** The candles that open at these times, oldest first. */
    List<Candle> candles(String symbol, Interval interval, List<Long> opens) throws SQLException {
        TreeSet<CandleKey> keys = new TreeSet<>();
        opens.forEach(open -> keys.add(new CandleKey(symbol, interval.code(), open)));
        List<Candle> candles =
                rows(
                        KlineSelect.byKey(keys),
                        select -> KlineSelect.bind(select, keys),
                        KlineSelect::read);
        candles.sort((a, b) -> a.key().compareTo(b.key()));
        return candles;
    }

    /** The newest candle of each interval that has one. */
    Map<Interval, Candle> newest(String symbol, List<Interval> intervals) throws SQLException {
        Map<Interval, Candle> newest = new LinkedHashMap<>();
        for (Interval interval : intervals) {
            rows(
                            KlineSelect.NEWEST,
                            select -> {
                                select.setString(1, symbol);
                                select.setString(2, interval.code());
                                select.setLong(3, Long.MIN_VALUE);
                                select.setLong(4, Long.MAX_VALUE);
                                select.setInt(5, 1);
                            },
                            KlineSelect::read)
                    .forEach(candle -> newest.put(interval, candle));
        }
        return newest;
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException broken) {
                // It is given up in any case.
            }
            connection = null;
        }
    }

    private <T> List<T> rows(String sql, Binding binding, Row<T> row) throws SQLException {
        if (connection == null) {
            connection = login.connect();
        }
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            binding.bind(select);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = select.executeQuery()) {
                while (result.next()) {
                    rows.add(row.read(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private interface Binding {
        void bind(PreparedStatement select) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
