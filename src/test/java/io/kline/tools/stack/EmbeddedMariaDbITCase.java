package io.kline.tools.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.testing.Database;
import io.kline.testing.Servers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbITCase {

    @Test
    void keepsCommittedDataOverStopAndKill() throws SQLException {
        try (EmbeddedMariaDb server = EmbeddedMariaDb.temporary()) {
            Database database =
                    new Database(
                            server.jdbcUrl(EmbeddedMariaDb.DATABASE),
                            EmbeddedMariaDb.USER,
                            EmbeddedMariaDb.PASSWORD);
            server.start();
            execute(database, "CREATE TABLE t (id INT PRIMARY KEY)");
            execute(database, "INSERT INTO t VALUES (1)");

            server.stop();
            assertThat(server.isRunning()).isFalse();
            server.start();
            execute(database, "INSERT INTO t VALUES (2)");

            server.kill();
            server.start();
            assertThat(query(database, "SELECT COUNT(*) FROM t")).isEqualTo("2");
        }
    }

    @Test
    void closeLeavesNoProcessAndNoData() {
        EmbeddedMariaDb server = EmbeddedMariaDb.temporary();
        server.start();
        ProcessHandle process = server.process().orElseThrow();

        server.close();

        assertThat(process.isAlive()).isFalse();
        assertThat(Files.exists(server.home())).isFalse();
    }

    @Test
    void isStrictAndUnicode() throws Exception {
        Database database = Servers.newDatabase();

        assertThat(query(database, "SELECT @@sql_mode")).contains("STRICT_ALL_TABLES");
        assertThat(query(database, "SELECT @@character_set_database")).isEqualTo("utf8mb4");
    }

    @Test
    void runsEveryStatementOfAFile(@TempDir Path directory) throws Exception {
        Database database = Servers.newDatabase();
        Path file =
                Files.writeString(
                        directory.resolve("some.sql"),
                        """
                        -- a comment; with a semicolon
                        CREATE TABLE IF NOT EXISTS a (v VARCHAR(9) DEFAULT 'x;y');
                        /* another; */ CREATE TABLE IF NOT EXISTS b (v INT);
                        INSERT INTO b VALUES (7);
                        -- the end
                        """);

        SqlFile.run(file, database.url(), database.user(), database.password());
        SqlFile.run(file, database.url(), database.user(), database.password());

        assertThat(query(database, "SELECT SUM(v) FROM b")).isEqualTo("14");
        assertThat(query(database, "SELECT COUNT(*) FROM a")).isEqualTo("0");
    }

    @Test
    void reportsAFailureInALaterStatement(@TempDir Path directory) throws Exception {
        Database database = Servers.newDatabase();
        Path file =
                Files.writeString(
                        directory.resolve("bad.sql"),
                        "CREATE TABLE a (v INT);\nINSERT INTO a VALUES (1);\nNONSENSE;\n");

        assertThatThrownBy(
                        () ->
                                SqlFile.run(
                                        file, database.url(), database.user(), database.password()))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("NONSENSE");
    }

    private static void execute(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(Database database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getString(1);
        }
    }
}
