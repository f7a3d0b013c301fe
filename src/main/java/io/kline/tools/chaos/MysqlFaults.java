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

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of("mysql-away", 2, "MySQL is away for 60 s", MysqlFaults::away),
                    Scenario.of(
                            "mysql-connections",
                            2,
                            "KILL of all connections of the jobs to MySQL, five times",
                            MysqlFaults::connections));

    private MysqlFaults() {}

    private static void away(World world) throws Exception {
        world.mysql().stop();
        world.sleep(Duration.ofSeconds(60));
        world.start(ServerKind.MYSQL);
    }

    private static void connections(World world) throws Exception {
        for (int i = 0; i < 5; i++) {
            killConnections(world);
            world.sleep(Duration.ofSeconds(3));
        }
    }

    private static void killConnections(World world) throws SQLException {
        try (Connection connection = DriverManager.getConnection(world.mysqlUrl(), "root", "");
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
