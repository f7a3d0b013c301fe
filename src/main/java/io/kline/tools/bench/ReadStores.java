package io.kline.tools.bench;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.QuerySettings;
import io.kline.store.KlineJson;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import io.kline.store.redis.RedisKeys;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.SqlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

/**
 * Real stores on this machine as the jobs fill them: the latest daily candle of many symbols, and
 * of some of them 3,000 days in MySQL of which Redis holds the newest 500. One has the half hours
 * of 1,100 days, all in MySQL but the latest.
 */
final class ReadStores implements AutoCloseable {

    static final int SYMBOLS = 2_000;
    static final int LONG_ONES = 50;
    static final int DAYS = 3_000;
    static final int IN_REDIS = 500;

    private static final int BATCH = 1_000;

    static final Interval DAY = Interval.parse("1d", ZoneOffset.UTC);
    static final Interval HALF_HOUR = Interval.parse("30m", ZoneOffset.UTC);

    /** One of the symbols, which has these half hours, too. */
    static final String HALVED = "BENCH1999USDT";

    static final int HALF_HOURS = 1_100 * 48;

    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final EmbeddedMariaDb mysql = EmbeddedMariaDb.temporary();

    /** The latest candle of each symbol, by symbol. */
    final List<Candle> latest = new ArrayList<>();

    /** The candles of each symbol with a history, oldest first. */
    final List<List<Candle>> histories = new ArrayList<>();

    /** The half hours of {@link #HALVED}, oldest first. */
    final List<Candle> halfHours = new ArrayList<>();

    /** Starts and fills them. */
    static ReadStores filled() throws IOException, SQLException {
        ReadStores stores = new ReadStores();
        stores.redis.start();
        stores.mysql.start();
        SqlFile.run(Path.of("sql/schema.sql"), stores.url(), EmbeddedMariaDb.ROOT, "");
        stores.fill();
        return stores;
    }

    QuerySettings settings() {
        return new QuerySettings(
                RedisSettings.single(redis.address(), IN_REDIS),
                new MysqlLogin(url(), EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD),
                List.of(HALF_HOUR, DAY),
                ZoneOffset.UTC,
                Duration.ofSeconds(1),
                8,
                8);
    }

    private String url() {
        return mysql.jdbcUrl(EmbeddedMariaDb.DATABASE);
    }

    private void fill() throws SQLException {
        long now = System.currentTimeMillis();
        Random random = new Random(1);
        try (Jedis jedis = new Jedis("127.0.0.1", redis.port());
                Pipeline pipeline = jedis.pipelined();
                Connection connection = new MysqlLogin(url(), EmbeddedMariaDb.ROOT, "").connect();
                PreparedStatement insert = connection.prepareStatement(KlineUpsert.SQL)) {
            for (int i = 0; i < SYMBOLS; i++) {
                String symbol = "BENCH%04dUSDT".formatted(i);
                int days = i < LONG_ONES ? DAYS : 0;
                List<Candle> candles = new ArrayList<>(days + 1);
                for (int age = days; age >= 0; age--) {
                    candles.add(BusyCandles.candle(symbol, DAY, now, age, random));
                }
                insert(insert, candles.subList(0, days));
                for (Candle candle : candles.subList(Math.max(0, days - IN_REDIS), days)) {
                    pipeline.zadd(
                            RedisKeys.history(symbol, DAY.code()),
                            candle.openTime(),
                            KlineJson.write(candle));
                }
                Candle last = candles.get(days);
                setLatest(pipeline, last);
                latest.add(last);
                if (days > 0) {
                    histories.add(candles);
                }
            }
            for (int age = HALF_HOURS; age >= 0; age--) {
                halfHours.add(BusyCandles.candle(HALVED, HALF_HOUR, now, age, random));
            }
            insert(insert, halfHours.subList(0, HALF_HOURS));
            setLatest(pipeline, halfHours.get(HALF_HOURS));
        }
    }

    private static void setLatest(Pipeline pipeline, Candle latest) {
        pipeline.set(RedisKeys.latest(latest.symbol(), latest.interval()), KlineJson.write(latest));
        pipeline.sadd(RedisKeys.SYMBOLS, latest.symbol());
    }

    private static void insert(PreparedStatement insert, List<Candle> candles) throws SQLException {
        for (int i = 0; i < candles.size(); i++) {
            KlineUpsert.bind(insert, candles.get(i));
            insert.addBatch();
            if (i % BATCH == BATCH - 1) {
                insert.executeBatch();
            }
        }
        insert.executeBatch();
    }

    @Override
    public void close() {
        redis.close();
        mysql.close();
    }
}
