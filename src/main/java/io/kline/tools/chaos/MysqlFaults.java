package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Faults of MySQL, which live candles do not notice. */
final class MysqlFaults {

    private static final Duration ONE_MINUTE_ENDS = Duration.ofSeconds(65);

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "mysql-away",
                            2,
                            "MySQL is away for 65 s",
                            world -> away(world, ONE_MINUTE_ENDS)),
                    Scenario.of(
                                    "mysql-connections",
                                    2,
                                    "KILL of all connections of the jobs to MySQL, five times",
                                    MysqlFaults::connections)
                            .during("pause-taskmanager"),
                    Scenario.of(
                                    "mysql-deadlocks",
                                    2,
                                    "somebody else locks candles in the opposite order, until they meet",
                                    MysqlFaults::deadlocks)
                            .during("partition-away")
                            .on(Setup.STORES),
                    Scenario.of(
                                    "mysql-readonly",
                                    2,
                                    "read_only for the jobs' user for 30 s",
                                    MysqlFaults::readOnly)
                            .during("partition-away")
                            .on(Setup.STORES),
                    Scenario.of(
                                    "mysql-full",
                                    2,
                                    "for 70 s every row is refused as by a full disk: error 1114",
                                    MysqlFaults::full)
                            .during("partition-away")
                            .on(Setup.STORES),
                    Scenario.of(
                                    "mysql-disk-full",
                                    2,
                                    "the disk of MySQL is full for 70 s",
                                    FullDisk::play)
                            .during("partition-away")
                            .on(Setup.STORES),
                    Scenario.of(
                                    "mysql-away-5min",
                                    2,
                                    "MySQL is away for 5 minutes",
                                    world -> away(world, Duration.ofMinutes(5)))
                            .during("partition-away")
                            .comparingLater()
                            .on(Setup.STORES));

    private static final int MOST_MINUTES = 5;

    private MysqlFaults() {}

    private static void away(World world, Duration time) throws Exception {
        world.mysql().stop();
        try {
            // Alone at first: what others break would hide what this does to live candles.
            world.sleep(ONE_MINUTE_ENDS);
            world.guests().meanwhile(time.minus(ONE_MINUTE_ENDS));
        } finally {
            world.servers().start(ServerKind.MYSQL);
        }
    }

    private static void connections(World world) throws Exception {
        for (int i = 0; i < 5; i++) {
            killConnections(world);
            world.sleep(Duration.ofSeconds(3));
        }
    }

    private static void deadlocks(World world) throws Exception {
        try (LockingUser user = new LockingUser(world.servers().mysqlUrl())) {
            // Who is in whose way depends on where either is when a minute ends.
            for (int i = 0; i < MOST_MINUTES && user.conflicts() == 0; i++) {
                user.lockFor(Duration.ofSeconds(70));
            }
            if (user.conflicts() == 0) {
                throw new IllegalStateException(
                        "nobody was in anybody's way; waits for rows: " + user.waits());
            }
            world.note("%d deadlocks and waits that took too long", user.conflicts());
        }
    }

    private static void readOnly(World world) throws Exception {
        execute(world, "SET GLOBAL read_only = 1");
        try {
            world.sleep(Duration.ofSeconds(30));
        } finally {
            execute(world, "SET GLOBAL read_only = 0");
        }
    }

    /** The server's own answer to a full disk, to each row and without rights of root. */
    private static void full(World world) throws Exception {
        List<String> tables = List.of("kline", "kline_correction", "kline_restated");
        for (String table : tables) {
            execute(
                    world,
                    "CREATE TRIGGER "
                            + table
                            + "_full BEFORE INSERT ON "
                            + table
                            + " FOR EACH ROW SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114,"
                            + " MESSAGE_TEXT = 'The table is full'");
        }
        try {
            world.sleep(Duration.ofSeconds(70));
        } finally {
            for (String table : tables) {
                execute(world, "DROP TRIGGER " + table + "_full");
            }
        }
    }

    private static void execute(World world, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(world.servers().mysqlUrl(), "root", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void killConnections(World world) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(world.servers().mysqlUrl(), "root", "");
                Statement statement = connection.createStatement()) {
            List<Long> ids = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery(
                            "SELECT id FROM information_schema.processlist WHERE user = 'kline'")) {
                while (rows.next()) {
                    ids.add(rows.getLong(1));
                }
            }
            for (long id : ids) {
                try {
                    statement.execute("KILL " + id);
                } catch (SQLException gone) {
                    // It ended by itself.
                    continue;
                }
            }
        }
    }
}
