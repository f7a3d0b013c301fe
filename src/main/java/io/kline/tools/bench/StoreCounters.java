package io.kline.tools.bench;

import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.RedisInfo;
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
            return RedisInfo.calls(jedis, command);
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
        return (long) (1e6 * RedisInfo.cpuSeconds(jedis));
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
