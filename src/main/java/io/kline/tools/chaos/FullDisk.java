package io.kline.tools.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import io.kline.tools.stack.Directories;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** MySQL whose disk is full, until it gets more space. */
final class FullDisk {

    /** Of the server: a table cannot grow. */
    private static final int TABLE_IS_FULL = 1114;

    /** What is free at first; the server takes 4 MB at a time. */
    private static final long FREE_KILOBYTES = 6 << 10;

    private static final long MORE_KILOBYTES = 256 << 10;

    private static final String FILLING = "FULLDISK";

    /** Makes of an interval's code one that no interval has, and that is sorted behind it. */
    private static final String BEHIND = "~";

    private FullDisk() {}

    static void play(World world) throws Exception {
        long begin = System.currentTimeMillis();
        Path tables = world.mysql().data().resolve(EmbeddedMariaDb.DATABASE);
        Path kept = world.mysql().home().resolve("tables");
        Directories.delete(kept);
        world.mysql().stop();
        Directories.copy(tables, kept);
        long used = kilobytes(kept);
        try (SmallDisk disk = SmallDisk.over(tables, used + FREE_KILOBYTES)) {
            moveInto(tables, kept);
            try {
                world.servers().start(ServerKind.MYSQL);
                playOn(disk, used + MORE_KILOBYTES, world);
            } finally {
                world.mysql().stop();
                Directories.copy(tables, kept);
            }
        } finally {
            moveInto(tables, kept);
            world.servers().start(ServerKind.MYSQL);
        }
        int refusals = refusalsSince(begin, world);
        FeedFaults.require(refusals > 0, "no row was refused");
        world.note("%d batches of rows refused by MySQL: its disk was full", refusals);
    }

    private static void playOn(SmallDisk disk, long more, World world) throws Exception {
        try {
            fill(world);
            world.sleep(Duration.ofSeconds(70));
        } finally {
            disk.resize(more);
            empty(world);
        }
    }

    /** Puts the tables in the place of what is there, on whichever disk that is. */
    private static void moveInto(Path tables, Path kept) throws IOException {
        try (Stream<Path> old = Files.list(tables)) {
            for (Path file : old.toList()) {
                Files.delete(file);
            }
        }
        Directories.copy(kept, tables);
        Directories.delete(kept);
    }

    private static long kilobytes(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes >> 10;
    }

    /**
     * Rows of a symbol that nobody trades, until the table cannot grow; then rows behind those of
     * each symbol and interval, until the page of its newest candle has no room for another one.
     */
    private static void fill(World world) throws SQLException {
        try (Connection connection = root(world);
                Statement statement = connection.createStatement()) {
            fill(statement, FILLING, "1m", 1_000);
            List<String[]> series = new ArrayList<>();
            try (ResultSet all =
                    statement.executeQuery(
                            "SELECT DISTINCT symbol, interval_code FROM kline WHERE symbol <> '"
                                    + FILLING
                                    + "'")) {
                while (all.next()) {
                    series.add(new String[] {all.getString(1), all.getString(2)});
                }
            }
            connection.setAutoCommit(false);
            for (String[] one : series) {
                fill(statement, one[0], one[1] + BEHIND, 8);
            }
            connection.commit();
        }
    }

    private static void fill(Statement statement, String symbol, String interval, int most)
            throws SQLException {
        int next = 0;
        for (int rows = most; rows > 0; ) {
            try {
                statement.executeUpdate(
                        "INSERT INTO kline VALUES "
                                + IntStream.range(next, next + rows)
                                        .mapToObj(number -> row(symbol, interval, number))
                                        .collect(Collectors.joining(",")));
                next += rows;
            } catch (SQLException e) {
                if (e.getErrorCode() != TABLE_IS_FULL) {
                    throw e;
                }
                rows /= 2;
            }
        }
    }

    private static String row(String symbol, String interval, int number) {
        return "('%s','%s',%d,%d,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,0,NOW(3))"
                .formatted(symbol, interval, number * 60_000L, number * 60_000L + 59_999);
    }

    private static void empty(World world) throws SQLException {
        try (Connection connection = root(world);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(
                    "DELETE FROM kline WHERE symbol = '%s' OR interval_code LIKE '%%%s'"
                            .formatted(FILLING, BEHIND));
        }
    }

    private static Connection root(World world) throws SQLException {
        return DriverManager.getConnection(world.servers().mysqlUrl(), "root", "");
    }

    /** How often the history job failed because a table was full. */
    private static int refusalsSince(long millis, World world) {
        int count = 0;
        JsonNode entries =
                world.jobs()
                        .about(world.jobs().history(), "/exceptions")
                        .path("exceptionHistory")
                        .path("entries");
        for (JsonNode entry : entries) {
            if (entry.path("timestamp").asLong() >= millis
                    && entry.path("stacktrace").asText().contains("is full")) {
                count++;
            }
        }
        return count;
    }
}
