package io.kline.store.mysql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Which candles were changed after they had closed: the ledger and the revisions say it. */
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
                    + " ORDER BY open_time, at";

    private static final int PARAMETERS = 5;

    private RestatedCandles() {}

    /**
     * One that was changed.
     *
     * @param openTime of the candle, ms
     * @param at when it was changed last, ms
     * @param lateTrades how many late trades the ledger has for it; 0 if it was rebuilt
     * @param revision how often it was rebuilt with fewer trades; 0 if late trades changed it
     */
    public record Restated(long openTime, long at, long lateTrades, long revision) {}

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
        List<Restated> all = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(SELECT)) {
            for (int first = 1; first <= PARAMETERS + 1; first += PARAMETERS) {
                select.setString(first, symbol);
                select.setString(first + 1, interval);
                select.setLong(first + 2, from);
                select.setLong(first + 3, to);
                select.setLong(first + 4, since);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    all.add(
                            new Restated(
                                    rows.getLong(1),
                                    rows.getLong(2),
                                    rows.getLong(3),
                                    rows.getLong(4)));
                }
            }
        }
        return all;
    }
}
