package io.kline.testing;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.QuerySettings;
import io.kline.store.KlineJson;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.redis.RedisKeys;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/** Real stores whose contents a test decides on. */
public final class CandleStores implements AutoCloseable {

    public static final List<Interval> INTERVALS =
            intervals("1m", "5m", "15m", "30m", "1h", "8h", "1d", "1w", "1M");

    public final Database database;
    public final Jedis redis;
    private final String redisNode;
    private final Connection mysql;

    /**
     * @param redisNode {@code host:port} of a single server
     */
    public CandleStores(String redisNode, Database database) throws SQLException {
        this.redisNode = redisNode;
        this.database = database;
        redis = new Jedis(HostAndPort.from(redisNode));
        mysql = login(database.url()).connect();
    }

    public static List<Interval> intervals(String... codes) {
        return Arrays.stream(codes).map(code -> Interval.parse(code, ZoneOffset.UTC)).toList();
    }

    /** Those of a reader that waits for a busy machine. */
    public QuerySettings settings() {
        return settings(single(redisNode), login(database.url()), Duration.ofSeconds(3));
    }

    /** Those of one that soon does without a store. */
    public QuerySettings impatientSettings() {
        return settings(single(redisNode), login(database.url()));
    }

    public MysqlLogin login(String url) {
        return new MysqlLogin(url, database.user(), database.password());
    }

    public static RedisSettings single(String node) {
        return new RedisSettings(
                RedisSettings.Mode.SINGLE, List.of(node), null, null, null, false, 1_500);
    }

    public static QuerySettings settings(RedisSettings redis, MysqlLogin mysql) {
        return settings(redis, mysql, Duration.ofSeconds(1));
    }

    private static QuerySettings settings(RedisSettings redis, MysqlLogin mysql, Duration timeout) {
        return new QuerySettings(redis, mysql, INTERVALS, ZoneOffset.UTC, timeout, 4, 4);
    }

    /** Stores the candles of one symbol as the jobs do: the last one is the latest. */
    public void fill(List<Candle> candles, int historySize) throws SQLException {
        int last = candles.size() - 1;
        toMysql(candles.subList(0, last));
        toHistory(candles.subList(Math.max(0, last - historySize), last));
        toLatest(candles.get(last));
    }

    public void toLatest(Candle candle) {
        redis.set(RedisKeys.latest(candle.symbol(), candle.interval()), KlineJson.write(candle));
        redis.sadd(RedisKeys.SYMBOLS, candle.symbol());
    }

    public void toHistory(Collection<Candle> candles) {
        try (Pipeline pipeline = redis.pipelined()) {
            for (Candle candle : candles) {
                pipeline.zadd(
                        RedisKeys.history(candle.symbol(), candle.interval()),
                        candle.openTime(),
                        KlineJson.write(candle));
            }
        }
    }

    public void toMysql(Collection<Candle> candles) throws SQLException {
        try (PreparedStatement insert = mysql.prepareStatement(KlineUpsert.SQL)) {
            for (Candle candle : candles) {
                KlineUpsert.bind(insert, candle);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    public void sql(String statement) throws SQLException {
        try (PreparedStatement sql = mysql.prepareStatement(statement)) {
            sql.execute();
        }
    }

    @Override
    public void close() throws SQLException {
        redis.close();
        mysql.close();
    }
}
