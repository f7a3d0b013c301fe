package io.kline.demo.bench;

import io.kline.config.RedisSettings;
import io.kline.demo.stack.EmbeddedMariaDb;
import io.kline.demo.stack.EmbeddedRedis;
import io.kline.demo.stack.SqlFile;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.QuerySettings;
import io.kline.sink.mysql.KlineUpsert;
import io.kline.sink.mysql.MysqlLogin;
import io.kline.store.KlineJson;
import io.kline.store.RedisKeys;
import java.io.IOException;
import java.math.BigDecimal;
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
 * of some of them 3,000 days in MySQL of which Redis holds the newest 500.
 */
final class ReadStores implements AutoCloseable {

    static final int SYMBOLS = 2_000;
    static final int LONG_ONES = 50;
    static final int DAYS = 3_000;
    static final int IN_REDIS = 500;

    static final Interval DAY = Interval.parse("1d", ZoneOffset.UTC);

    private final EmbeddedRedis redis = EmbeddedRedis.temporary();
    private final EmbeddedMariaDb mysql = EmbeddedMariaDb.temporary();

    /** The latest candle of each symbol, by symbol. */
    final List<Candle> latest = new ArrayList<>();

    /** The candles of each symbol with a history, oldest first. */
    final List<List<Candle>> histories = new ArrayList<>();

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
                new RedisSettings(
                        RedisSettings.Mode.SINGLE,
                        List.of(redis.address()),
                        null,
                        null,
                        null,
                        false,
                        IN_REDIS),
                new MysqlLogin(url(), EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD),
                List.of(DAY),
                ZoneOffset.UTC,
                Duration.ofSeconds(1),
                8,
                8);
    }

    private String url() {
        return mysql.jdbcUrl(EmbeddedMariaDb.DATABASE);
    }

    private void fill() throws SQLException {
        long today = DAY.openOf(System.currentTimeMillis());
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
                    candles.add(candle(symbol, today, age, random));
                }
                for (Candle candle : candles.subList(0, days)) {
                    KlineUpsert.bind(insert, candle);
                    insert.addBatch();
                }
                insert.executeBatch();
                for (Candle candle : candles.subList(Math.max(0, days - IN_REDIS), days)) {
                    pipeline.zadd(
                            RedisKeys.history(symbol, DAY.code()),
                            candle.openTime(),
                            KlineJson.write(candle));
                }
                Candle last = candles.get(days);
                pipeline.set(RedisKeys.latest(symbol, DAY.code()), KlineJson.write(last));
                pipeline.sadd(RedisKeys.SYMBOLS, symbol);
                latest.add(last);
                if (days > 0) {
                    histories.add(candles);
                }
            }
        }
    }

    /** Figures with as many digits as those of a busy market. */
    private static Candle candle(String symbol, long today, int age, Random random) {
        long open = today - age * Duration.ofDays(1).toMillis();
        long length = Duration.ofDays(1).toMillis();
        BigDecimal price = decimal(random, 10_000_000_000_000L, 8);
        BigDecimal volume = decimal(random, 1_000_000_000_000L, 6);
        BigDecimal taken = decimal(random, 1_000_000_000_000L, 6);
        return new Candle(
                symbol,
                DAY.code(),
                open,
                open + length - 1,
                price,
                price.add(decimal(random, 1_000_000_000L, 8)),
                price.subtract(decimal(random, 1_000_000_000L, 8)),
                price,
                volume,
                volume.multiply(price),
                taken,
                taken.multiply(price),
                1 + random.nextInt(5_000_000),
                random.nextLong(5_000_000_000L),
                random.nextLong(5_000_000_000L),
                open + random.nextLong(length),
                random.nextLong(5_000_000_000L),
                age > 0);
    }

    private static BigDecimal decimal(Random random, long bound, int scale) {
        return BigDecimal.valueOf(1 + random.nextLong(bound), scale);
    }

    @Override
    public void close() {
        redis.close();
        mysql.close();
    }
}
