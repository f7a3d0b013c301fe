package io.kline.tools.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A MariaDB server on the loopback interface: utf8mb4, strict SQL mode, crash-safe.
 *
 * <p>It has the database {@value #DATABASE}, the user {@value #USER} with that word as password and
 * all rights on it, and {@code root} without a password. Where {@code KLINE_MYSQL_ROOT} names a
 * folder with MySQL, it is that server instead, as it comes: tests for both are the same.
 */
public final class EmbeddedMariaDb extends ServerProcess {

    public static final String DATABASE = "kline";
    public static final String USER = "kline";
    public static final String PASSWORD = "kline";
    public static final String ROOT = "root";

    private final List<String> more;

    private EmbeddedMariaDb(int port, Path home, boolean temporary, List<String> more) {
        super("mysql", port, home, temporary);
        this.more = more;
    }

    /** A server that keeps its data in {@code home}. */
    public static EmbeddedMariaDb at(int port, Path home) {
        return new EmbeddedMariaDb(port, home.toAbsolutePath(), false, List.of());
    }

    /** A server on a free port whose data goes when it is closed. */
    public static EmbeddedMariaDb temporary() {
        return temporary(List.of());
    }

    /**
     * The same with more arguments, which win over those that are set here.
     *
     * @param more such as {@code --ssl}
     */
    public static EmbeddedMariaDb temporary(List<String> more) {
        return new EmbeddedMariaDb(Ports.free(), Directories.temporary("kline-mysql-"), true, more);
    }

    /** JDBC address of one database. */
    public String jdbcUrl(String database) {
        return "jdbc:mysql://" + address() + "/" + database;
    }

    /** A connection with all rights. */
    public Connection connectAsRoot() throws SQLException {
        return DriverManager.getConnection(jdbcUrl(""), ROOT, "");
    }

    @Override
    protected List<String> command() throws IOException {
        DatabaseFiles files = DatabaseFiles.cached();
        if (Files.notExists(data().resolve("mysql"))) {
            Directories.delete(data());
            Path half = home().resolve("data.part");
            Directories.delete(half);
            Directories.copy(files.emptyDatabase(), half);
            Files.move(half, data());
        }
        List<String> command = new ArrayList<>(files.daemon());
        command.addAll(
                List.of(
                        mark(),
                        "--port=" + port(),
                        "--bind-address=" + Ports.LOOPBACK,
                        "--skip-name-resolve",
                        "--character-set-server=utf8mb4",
                        "--innodb-buffer-pool-size=256M"));
        command.addAll(files.arguments());
        command.addAll(more);
        return command;
    }

    @Override
    protected String executable() {
        return DatabaseFiles.executable();
    }

    @Override
    protected String mark() {
        return "--datadir=" + data();
    }

    @Override
    protected boolean answers() {
        String url = jdbcUrl("") + "?connectTimeout=2000&socketTimeout=5000";
        try (Connection connection = DriverManager.getConnection(url, ROOT, "")) {
            return connection.isValid(2);
        } catch (SQLException notYet) {
            return false;
        }
    }
}
