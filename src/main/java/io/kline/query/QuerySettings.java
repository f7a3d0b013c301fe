package io.kline.query;

import io.kline.config.RedisSettings;
import io.kline.model.Interval;
import io.kline.store.mysql.MysqlLogin;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Which stores are read, and how patiently.
 *
 * @param redis where Redis is
 * @param mysql how to connect to MySQL
 * @param intervals the intervals that are stored, all in {@code offset}
 * @param offset the zone that stored candles are aligned in
 * @param timeout how long a store is waited for, 250 ms to 1 min
 * @param redisConnections most connections to each Redis server, at least 1
 * @param mysqlConnections most connections to MySQL, at least 1
 */
public record QuerySettings(
        RedisSettings redis,
        MysqlLogin mysql,
        List<Interval> intervals,
        ZoneOffset offset,
        Duration timeout,
        int redisConnections,
        int mysqlConnections) {

    private static final Duration LEAST = Duration.ofMillis(250);
    private static final Duration MOST = Duration.ofMinutes(1);

    /**
     * @throws IllegalArgumentException if a part is out of its range
     */
    public QuerySettings {
        intervals = List.copyOf(intervals);
        require(!intervals.isEmpty(), "at least one interval is stored");
        for (Interval interval : intervals) {
            require(
                    interval.offset().equals(offset),
                    "stored intervals are aligned in " + offset + ", not " + interval.offset());
        }
        require(
                timeout.compareTo(LEAST) >= 0 && timeout.compareTo(MOST) <= 0,
                "timeout is from " + LEAST + " to " + MOST + ", not " + timeout);
        require(redisConnections >= 1, "Redis needs at least one connection");
        require(mysqlConnections >= 1, "MySQL needs at least one connection");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
