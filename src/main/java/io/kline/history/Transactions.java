package io.kline.history;

import io.kline.store.Backoff;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.mysql.SqlProblem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on the tables of MySQL, each time as one transaction: all of it happens or nothing.
 * What may pass by itself is tried again: deadlocks, waits that took too long, lost connections.
 * Used by one thread.
 */
final class Transactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);

    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LAST_DELAY = Duration.ofSeconds(2);

    /** The server's code of a second ledger entry: somebody else was faster. */
    private static final int DUPLICATE = 1062;

    private final MysqlLogin login;
    private final Runnable onFailure;
    private Connection connection;

    /** Something to be done in one transaction; may be done again when it failed. */
    interface Work<T> {
        T in(CandleStore store) throws SQLException;
    }

    /**
     * @param onFailure runs after every attempt that failed
     */
    Transactions(MysqlLogin login, Runnable onFailure) {
        this.login = login;
        this.onFailure = onFailure;
    }

    /**
     * Does the work and commits it.
     *
     * @throws IOException if it failed for good or once too often; nothing has happened then, or,
     *     if the connection broke during the commit, perhaps all of it
     */
    <T> T run(Work<T> work) throws IOException, InterruptedException {
        Backoff backoff = new Backoff(FIRST_DELAY, LAST_DELAY);
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (SQLException e) {
                onFailure.run();
                disconnect();
                if (attempt == ATTEMPTS || !mayPass(e)) {
                    throw new IOException(
                            "cannot correct stored candles in MySQL: " + SqlProblem.of(e), e);
                }
                LOG.warn(
                        "Attempt {} to correct stored candles failed: {}",
                        attempt,
                        SqlProblem.of(e));
            }
            Thread.sleep(backoff.nextMillis());
        }
    }

    @Override
    public void close() {
        disconnect();
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        if (connection == null) {
            connection = login.connect();
            connection.setAutoCommit(false);
            // The gap of a missing candle is locked, too: two writers cannot both insert it.
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        }
        T result = work.in(new MysqlCandleStore(connection));
        connection.commit();
        return result;
    }

    /** The server rolls back what a closed connection has not committed. */
    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                LOG.debug("the connection was broken", e);
            }
            connection = null;
        }
    }

    private static boolean mayPass(SQLException e) {
        String state = e.getSQLState();
        return SqlProblem.isConflict(e)
                || e.getErrorCode() == DUPLICATE
                || state != null && (state.startsWith("08") || state.startsWith("40"));
    }
}
