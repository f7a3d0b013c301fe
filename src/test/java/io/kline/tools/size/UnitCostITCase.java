package io.kline.tools.size;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Database;
import io.kline.testing.Servers;
import io.kline.tools.stack.EmbeddedRedis;
import java.sql.Connection;
import java.sql.DriverManager;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;

/** What real stores take. */
class UnitCostITCase {

    private static final int HISTORY = 1_500;
    private static final int ROWS = 100_000;

    @Test
    void aSeriesInRedis() {
        try (EmbeddedRedis server = EmbeddedRedis.temporary()) {
            server.start();
            try (Jedis redis = new Jedis("127.0.0.1", server.port())) {
                ByteMeasurement.RedisBytes bytes = ByteMeasurement.redis(redis, HISTORY);

                assertThat(bytes.member())
                        .isCloseTo(UnitCost.REDIS_MEMBER.value(), Percentage.withPercentage(5));
                assertThat(bytes.series())
                        .isCloseTo(UnitCost.REDIS_SERIES.value(), Percentage.withPercentage(10));
            }
        }
    }

    /** Pages are filled differently in a small table. */
    @Test
    void aRowInMysql() throws Exception {
        Database database = Servers.newDatabase();
        try (Connection connection =
                DriverManager.getConnection(
                        database.url() + "?rewriteBatchedStatements=true",
                        database.user(),
                        database.password())) {
            assertThat(ByteMeasurement.mysqlRow(connection, ROWS))
                    .isCloseTo(UnitCost.MYSQL_BYTES.value(), Percentage.withPercentage(25));
        }
    }
}
