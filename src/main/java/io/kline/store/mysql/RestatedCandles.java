package io.kline.store.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which candles were changed after they had closed: the log of changes, the ledger and the
 * revisions say it. The log lacks what is older than itself, and rows that an operator has deleted.
 */
public final class RestatedCandles {

    /** With times of the server's own clock, whatever zone a connection has. */
    private static final String SELECT =
            "SELECT open_time, CAST(UNIX_TIMESTAMP(MAX(applied_at)) * 1000 AS SIGNED) AS at,"
                    + " COUNT(*) AS late, 0 AS revision FROM kline_correction"
                    + " WHERE symbol = ? AND interval_code = ? AND open_time BETWEEN ? AND ?"
                    + " GROUP BY open_time HAVING at >= ?"
                    + " UNION ALL"
                    + " SELECT open_time, CAST(UNIX_TIMESTAMP(updated_at) * 1000 AS SIGNED) AS at,"
                    + " 0 AS late, revision FROM kline"
                    + " WHERE symbol = ? AND interval_code = ? AND open_time BETWEEN ? AND ?"
                    + " AND revision > 0 HAVING at >= ?"
                    + " UNION ALL"
                    + " SELECT open_time, CAST(UNIX_TIMESTAMP(MAX(restated_at)) * 1000 AS SIGNED)"
                    + " AS at, 0 AS late, 0 AS revision FROM kline_restated"
                    + " WHERE symbol = ? AND interval_code = ? AND open_time BETWEEN ? AND ?"
                    + " GROUP BY open_time HAVING at >= ?";

    private static final int PARAMETERS = 5;
    private static final int PARTS = 3;

    private RestatedCandles() {}

    /**
     * One that was changed.
     *
     * @param openTime of the candle, ms
     * @param at when it was changed last, ms
     * @param lateTrades how many late trades the ledger has for it
     * @param revision how often it was rebuilt with fewer trades
     */
    public record Restated(long openTime, long at, long lateTrades, long revision) {

        private Restated and(Restated other) {
            return new Restated(
                    openTime,
                    Math.max(at, other.at),
                    lateTrades + other.lateTrades,
                    Math.max(revision, other.revision));
        }
    }

    /**
     * Those of a symbol and interval, by open time.
     *
     * @param from first open time, ms
     * @param to last open time, ms
     * @param since of changes, ms
     */
    public static List<Restated> read(
            Connection connection, String symbol, String interval, long from, long to, long since)
            throws SQLException {
        NavigableMap<Long, Restated> all = new TreeMap<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (int part = 0; part < PARTS; part++) {
                int first = part * PARAMETERS + 1;
                select.setString(first, symbol);
                select.setString(first + 1, interval);
                select.setLong(first + 2, from);
                select.setLong(first + 3, to);
                select.setLong(first + 4, since);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    Restated one =
                            new Restated(
                                    rows.getLong(1),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getLong(4));
                    all.merge(one.openTime(), one, Restated::and);
                }
            }
        }
        return List.copyOf(all.values());
    }
}
