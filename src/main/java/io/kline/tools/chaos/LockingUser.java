package io.kline.tools.chaos;

import io.kline.store.mysql.SqlProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Somebody else who works on the tables: takes locks on the newest candles of all symbols and on
 * those to come, one by one, against the order in which they are written. Nothing is changed.
 */
final class LockingUser implements AutoCloseable {

    /** A deadlock ends the transaction that has written less: that is to be the other one. */
    private static final String BALLAST =
            "INSERT INTO ballast WITH RECURSIVE numbers (n) AS"
                    + " (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 900)"
                    + " SELECT n FROM numbers";

    private static final String LOCK =
            "SELECT COUNT(*) FROM kline WHERE symbol = ? AND interval_code = ? AND open_time >= ?"
                    + " FOR UPDATE";

    private final Connection connection;
    private long conflicts;

    LockingUser(String url) throws SQLException {
        connection = DriverManager.getConnection(url, "root", "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS ballast (n BIGINT PRIMARY KEY)");
            statement.execute("SET innodb_lock_wait_timeout = 2");
        }
        connection.setAutoCommit(false);
    }

    /** Goes on for that long. */
    void lockFor(Duration time) throws SQLException, InterruptedException {
        long before = deadlocks();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            try {
                lockAll();
            } catch (SQLException e) {
                if (!SqlProblem.isConflict(e)) {
                    throw e;
                }
                if (e.getErrorCode() != 1213) {
                    conflicts++;
                }
            }
            connection.rollback();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        conflicts += deadlocks() - before;
    }

    /** Deadlocks of the server, and waits of this user that took too long. */
    long conflicts() {
        return conflicts;
    }

    private void lockAll() throws SQLException, InterruptedException {
        try (Statement statement = connection.createStatement();
                PreparedStatement lock = connection.prepareStatement(LOCK)) {
            // A world that has just begun has no candles in MySQL yet.
            List<String[]> series = series(statement);
            statement.execute(BALLAST);
            for (String[] each : series) {
                lock.setString(1, each[0]);
                lock.setString(2, each[1]);
                lock.setLong(3, System.currentTimeMillis() - Duration.ofMinutes(3).toMillis());
                lock.executeQuery().close();
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    /** Symbol and interval of each series, the last one first. */
    private static List<String[]> series(Statement statement) throws SQLException {
        List<String[]> series = new ArrayList<>();
        try (ResultSet rows =
                statement.executeQuery(
                        "SELECT DISTINCT symbol, interval_code FROM kline"
                                + " ORDER BY 1 DESC, 2 DESC")) {
            while (rows.next()) {
                series.add(new String[] {rows.getString(1), rows.getString(2)});
            }
        }
        return series;
    }

    /** How often anybody on the server has waited for a row. */
    long waits() throws SQLException {
        return status("Innodb_row_lock_waits");
    }

    private long deadlocks() throws SQLException {
        return status("Innodb_deadlocks");
    }

    private long status(String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SHOW GLOBAL STATUS LIKE '" + name + "'")) {
            return rows.next() ? rows.getLong(2) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE ballast");
        }
        connection.close();
    }
}
