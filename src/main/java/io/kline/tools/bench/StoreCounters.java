package io.kline.tools.bench;

import io.kline.tools.stack.EmbeddedMariaDb;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import redis.clients.jedis.Jedis;

/** What the stores say that they have done. */
final class StoreCounters {

    private final BenchServers servers;

    StoreCounters(BenchServers servers) {
        this.servers = servers;
    }

    /** How often Redis has executed a command, those of scripts included. */
    long redisCalls(String command) {
        try (Jedis jedis = new Jedis("127.0.0.1", servers.redis().port())) {
            String stat = "cmdstat_" + command + ":calls=";
            return jedis.info("commandstats")
                    .lines()
                    .filter(line -> line.startsWith(stat))
                    .mapToLong(
                            line ->
                                    Long.parseLong(
                                            line.substring(stat.length(), line.indexOf(','))))
                    .sum();
        }
    }

    /** CPU time of Redis since its start, µs: finer than that of {@code /proc}. */
    long redisMicros() {
        try (Jedis jedis = new Jedis("127.0.0.1", servers.redis().port())) {
            return micros(jedis);
        }
    }

    /** The same over a connection that there is. */
    static long micros(Jedis jedis) {
        return (long)
                jedis.info("cpu")
                        .lines()
                        .filter(line -> line.matches("used_cpu_(sys|user):.*"))
                        .mapToDouble(
                                line ->
                                        1e6
                                                * Double.parseDouble(
                                                        line.substring(line.indexOf(':') + 1)))
                        .sum();
    }

    /** Number of rows of the table of candles. */
    long mysqlRows() {
        try (Connection connection = servers.mysql().connectAsRoot();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM " + EmbeddedMariaDb.DATABASE + ".kline")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
