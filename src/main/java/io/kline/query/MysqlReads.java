package io.kline.query;

import com.zaxxer.hikari.HikariDataSource;
import io.kline.model.Candle;
import io.kline.store.CircuitBreaker;
import io.kline.store.KlineJson;
import io.kline.store.mysql.CorrectionLedger;
import io.kline.store.mysql.KlineSelect;
import io.kline.store.mysql.RestatedLog;
import io.kline.store.mysql.SqlProblem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** The questions to MySQL. Thread safe. */
final class MysqlReads implements AutoCloseable {

    private static final String PROBE = "SELECT 1 FROM kline LIMIT 1";

    /** What a TIMESTAMP holds on every server, ms. */
    private static final long FIRST_TIMESTAMP = 1_000;

    private static final long LAST_TIMESTAMP = Integer.MAX_VALUE * 1_000L;

    private static final int SYMBOLS_AT_ONCE = 250;

    private final HikariDataSource pool;
    private final CircuitBreaker breaker = new CircuitBreaker(System::nanoTime);

    private MysqlReads(HikariDataSource pool) {
        this.pool = pool;
    }

    /** Connects in the background. */
    static MysqlReads open(QuerySettings settings) {
        return new MysqlReads(MysqlPool.open(settings));
    }

    /** The candles of a range, in any order. */
    List<Candle> candles(String symbol, String interval, Range range) throws StoreAwayException {
        return rows(
                range.start() == null ? KlineSelect.NEWEST : KlineSelect.OLDEST,
                statement -> bind(statement, symbol, interval, range),
                KlineSelect::read);
    }

    /** The newest candle of each symbol that has one, in any order. */
    List<Candle> latest(List<String> symbols, String interval) throws StoreAwayException {
        List<Candle> latest = new ArrayList<>(symbols.size());
        for (int from = 0; from < symbols.size(); from += SYMBOLS_AT_ONCE) {
            List<String> some =
                    symbols.subList(from, Math.min(symbols.size(), from + SYMBOLS_AT_ONCE));
            latest.addAll(
                    rows(
                            KlineSelect.newestOfEach(some.size()),
                            statement -> {
                                int i = 0;
                                for (String symbol : some) {
                                    statement.setString(++i, symbol);
                                    statement.setString(++i, interval);
                                }
                            },
                            KlineSelect::read));
        }
        return latest;
    }

    /**
     * The symbols that have candles, sorted.
     *
     * @param expected some that may have: the fewer others there are, the fewer statements it takes
     */
    List<String> symbols(Collection<String> expected) throws StoreAwayException {
        return new SymbolWalk(this::symbolsBehind, SYMBOLS_AT_ONCE).all(expected);
    }

    private List<String> symbolsBehind(List<String> places) throws StoreAwayException {
        return rows(
                KlineSelect.nextSymbols(places.size()),
                statement -> {
                    for (int i = 0; i < places.size(); i++) {
                        statement.setString(i + 1, places.get(i));
                    }
                },
                row -> row.getString(1));
    }

    /**
     * The applied corrections of a range, oldest first.
     *
     * @param interval code of the interval; null for all
     */
    List<AppliedCorrection> corrections(String symbol, String interval, Range range)
            throws StoreAwayException {
        boolean isFromStart = range.start() != null;
        List<AppliedCorrection> entries =
                rows(
                        CorrectionLedger.range(interval != null, !isFromStart),
                        statement -> bind(statement, symbol, interval, range),
                        MysqlReads::correction);
        if (!isFromStart) {
            Collections.reverse(entries);
        }
        return entries;
    }

    /**
     * Changes of closed candles, oldest first.
     *
     * @param symbol whose; null for all
     * @param interval code of the interval; null for all
     * @param since when they were made, ms
     * @param fromId the first of those made at that very time
     */
    List<RestatedCandle> restated(
            String symbol, String interval, long since, long fromId, int limit)
            throws StoreAwayException {
        long time = Math.max(FIRST_TIMESTAMP, Math.min(LAST_TIMESTAMP, since));
        return rows(
                RestatedLog.since(interval != null, symbol != null),
                statement -> {
                    int i = 0;
                    statement.setLong(++i, time);
                    statement.setLong(++i, time);
                    statement.setLong(++i, fromId);
                    if (interval != null) {
                        statement.setString(++i, interval);
                    }
                    if (symbol != null) {
                        statement.setString(++i, symbol);
                    }
                    statement.setInt(++i, limit);
                },
                MysqlReads::restated);
    }

    /**
     * Asks whether the tables can be read.
     *
     * @throws StoreAwayException if not
     */
    void check() throws StoreAwayException {
        rows(PROBE, statement -> {}, row -> row.getInt(1));
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T> List<T> rows(String sql, Binding binding, Row<T> row) throws StoreAwayException {
        String refusal = breaker.refusal();
        if (refusal != null) {
            throw new StoreAwayException(refusal);
        }
        return tryRows(sql, binding, row);
    }

    private <T> List<T> tryRows(String sql, Binding binding, Row<T> row) throws StoreAwayException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows.add(row.read(result));
                }
            }
            breaker.answered();
            return rows;
        } catch (SQLException e) {
            String problem = SqlProblem.of(e);
            if (!isRefusal(e) && !isBusy(e) && !MysqlPool.hasTakenTooLong(e)) {
                breaker.failed(problem);
            }
            throw new StoreAwayException(problem);
        }
    }

    /** Whether the server is there and does not like the statement. */
    private static boolean isRefusal(SQLException e) {
        return e instanceof SQLNonTransientException && !hasConnectionState(e);
    }

    private static boolean hasConnectionState(SQLException e) {
        return e.getSQLState() != null && e.getSQLState().startsWith("08");
    }

    /** Whether all connections were in use for too long, while the server is there. */
    private boolean isBusy(SQLException e) {
        return e instanceof SQLTransientConnectionException
                && e.getCause() == null
                && pool.getHikariPoolMXBean().getActiveConnections() > 0;
    }

    private static void bind(
            PreparedStatement statement, String symbol, String interval, Range range)
            throws SQLException {
        int i = 0;
        statement.setString(++i, symbol);
        if (interval != null) {
            statement.setString(++i, interval);
        }
        statement.setLong(++i, range.start() == null ? Long.MIN_VALUE : range.start());
        statement.setLong(++i, range.end() == null ? Long.MAX_VALUE : range.end());
        statement.setInt(++i, range.limit());
    }

    private static AppliedCorrection correction(ResultSet row) throws SQLException {
        int i = 0;
        return new AppliedCorrection(
                row.getString(++i),
                row.getString(++i),
                row.getLong(++i),
                row.getLong(++i),
                row.getBigDecimal(++i),
                row.getBigDecimal(++i),
                row.getLong(++i),
                row.getBoolean(++i),
                row.getLong(++i));
    }

    private static RestatedCandle restated(ResultSet row) throws SQLException {
        int i = 0;
        return new RestatedCandle(
                row.getLong(++i),
                row.getString(++i),
                row.getString(++i),
                row.getLong(++i),
                row.getString(++i),
                row.getLong(++i),
                kline(row.getString(++i)),
                kline(row.getString(++i)));
    }

    private static Candle kline(String json) {
        return json == null ? null : KlineJson.read(json);
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }
}
