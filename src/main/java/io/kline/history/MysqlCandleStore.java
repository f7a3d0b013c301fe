package io.kline.history;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.LateTrade;
import io.kline.store.mysql.CorrectionLedger;
import io.kline.store.mysql.CorrectionLedger.Entry;
import io.kline.store.mysql.KlineSelect;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.RestatedLog;
import io.kline.store.mysql.RestatedLog.Change;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The tables of MySQL, through a connection whose transaction its user ends. */
final class MysqlCandleStore implements CandleStore {

    private final Connection connection;

    MysqlCandleStore(Connection connection) {
        this.connection = connection;
    }

    @Override
    public SortedMap<CandleKey, Candle> lock(SortedSet<CandleKey> keys) throws SQLException {
        return select(KlineSelect::byKeyForUpdate, keys);
    }

    @Override
    public SortedMap<CandleKey, Candle> read(SortedSet<CandleKey> keys) throws SQLException {
        return select(KlineSelect::byKey, keys);
    }

    @Override
    public List<Candle> after(CandleKey key, int most) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(KlineSelect.AFTER)) {
            select.setString(1, key.symbol());
            select.setString(2, key.interval());
            select.setLong(3, key.openTime());
            select.setInt(4, most);
            return candles(select);
        }
    }

    @Override
    public void write(List<Candle> candles) throws SQLException {
        batch(KlineUpsert.SQL, KlineUpsert::bind, candles);
    }

    @Override
    public void log(List<Change> changes) throws SQLException {
        batch(RestatedLog.INSERT, RestatedLog::bind, changes);
    }

    @Override
    public Set<Entry> applied(SortedSet<Entry> entries) throws SQLException {
        Set<Entry> applied = new HashSet<>();
        if (entries.isEmpty()) {
            return applied;
        }
        try (PreparedStatement select =
                connection.prepareStatement(CorrectionLedger.select(entries))) {
            CorrectionLedger.bind(select, entries);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    applied.add(CorrectionLedger.read(row));
                }
            }
        }
        return applied;
    }

    @Override
    public SortedMap<CandleKey, Long> corrected(SortedSet<CandleKey> keys) throws SQLException {
        SortedMap<CandleKey, Long> sums = new TreeMap<>();
        if (keys.isEmpty()) {
            return sums;
        }
        try (PreparedStatement select = connection.prepareStatement(CorrectionLedger.sum(keys))) {
            KlineSelect.bind(select, keys);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sums.put(
                            new CandleKey(row.getString(1), row.getString(2), row.getLong(3)),
                            row.getLong(4));
                }
            }
        }
        return sums;
    }

    @Override
    public void record(List<LateTrade> trades) throws SQLException {
        batch(CorrectionLedger.INSERT, CorrectionLedger::bind, trades);
    }

    private SortedMap<CandleKey, Candle> select(KeyedSql sql, SortedSet<CandleKey> keys)
            throws SQLException {
        SortedMap<CandleKey, Candle> found = new TreeMap<>();
        if (keys.isEmpty()) {
            return found;
        }
        try (PreparedStatement select = connection.prepareStatement(sql.of(keys))) {
            KlineSelect.bind(select, keys);
            candles(select).forEach(candle -> found.put(candle.key(), candle));
        }
        return found;
    }

    private static List<Candle> candles(PreparedStatement select) throws SQLException {
        List<Candle> candles = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                candles.add(KlineSelect.read(row));
            }
        }
        return candles;
    }

    private <T> void batch(String sql, Binder<T> binder, List<T> values) throws SQLException {
        if (values.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (T value : values) {
                binder.bind(statement, value);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private interface KeyedSql {
        String of(SortedSet<CandleKey> keys);
    }

    private interface Binder<T> {
        void bind(PreparedStatement statement, T value) throws SQLException;
    }
}
