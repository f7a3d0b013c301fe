package io.kline.tools.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** A file of SQL statements, each ended by a semicolon. */
public final class SqlFile {

    private SqlFile() {}

    /**
     * Runs all statements of the file, in order, up to the first that fails. The server takes them
     * apart, so quotes and comments mean what they mean there.
     *
     * @param jdbcUrl of the database they work on, without parameters
     */
    public static void run(Path file, String jdbcUrl, String user, String password)
            throws IOException, SQLException {
        String sql = Files.readString(file);
        try (Connection connection =
                        DriverManager.getConnection(
                                jdbcUrl + "?allowMultiQueries=true", user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            while (statement.getMoreResults() || statement.getUpdateCount() != -1) {
                // The error of a later statement is thrown only when its result is asked for.
                continue;
            }
        }
    }
}
