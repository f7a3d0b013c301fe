package io.kline.server;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.QuerySettings;
import io.kline.sink.mysql.MysqlLogin;
import io.kline.store.KlineJson;
import io.kline.store.RedisKeys;
import io.kline.testing.Database;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import redis.clients.jedis.Jedis;

/** Real stores filled with a made-up series, and settings of a server that reads them. */
final class TestStores implements AutoCloseable {

    static final String SYMBOL = "BTCUSDT";
    static final long MINUTE = 60_000;

    /** Open time of the first minute: 2026-01-01T00:00Z. */
    static final long FIRST = 1_767_225_600_000L;

    static final int CANDLES = 3_000;
    static final int IN_REDIS = 1_500;

    private static final String INSERT =
            "INSERT INTO kline (symbol, interval_code, open_time, close_time, open, high, low,"
                    + " close, volume, quote_volume, taker_buy_volume, taker_buy_quote_volume,"
                    + " trade_count, first_trade_id, last_trade_id, last_trade_time,"
                    + " version_trade_id, closed)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    private final Database database;
    private final String redisNode;
    final Jedis redis;

    private TestStores(Database database, String redisNode) {
        this.database = database;
        this.redisNode = redisNode;
        this.redis = new Jedis("localhost", Integer.parseInt(redisNode.replaceAll(".*:", "")));
    }

    /** The shared servers with nothing but the series. */
    static TestStores filled() throws Exception {
        TestStores stores = new TestStores(Servers.newDatabase(), Servers.redis().address());
        stores.redis.flushAll();
        stores.fill();
        return stores;
    }

    /** A database of the shared server, and another Redis. */
    static TestStores with(String redisNode) throws Exception {
        return new TestStores(Servers.newDatabase(), redisNode);
    }

    private void fill() throws SQLException {
        redis.sadd(RedisKeys.SYMBOLS, SYMBOL);
        try (Connection connection = database.connect();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < CANDLES - 1; i++) {
                add(insert, candle(i));
            }
            insert.executeBatch();
            connection.commit();
        }
        for (int i = CANDLES - 1 - IN_REDIS; i < CANDLES - 1; i++) {
            redis.zadd(
                    RedisKeys.history(SYMBOL, "1m"),
                    candle(i).openTime(),
                    KlineJson.write(candle(i)));
        }
        redis.set(RedisKeys.latest(SYMBOL, "1m"), KlineJson.write(candle(CANDLES - 1)));
    }

    /** The n-th minute; every seventh is flat, the last one is forming. */
    static Candle candle(int n) {
        return candle(SYMBOL, n, n % 7 == 3 ? 0 : 2, n < CANDLES - 1);
    }

    static Candle candle(String symbol, int n, long count, boolean closed) {
        BigDecimal price = BigDecimal.valueOf(10_000 + n, 2);
        BigDecimal volume = BigDecimal.valueOf(count * 5, 1);
        long open = FIRST + n * MINUTE;
        boolean flat = count == 0;
        return new Candle(
                symbol,
                "1m",
                open,
                open + MINUTE - 1,
                price,
                flat ? price : price.add(BigDecimal.ONE),
                flat ? price : price.subtract(BigDecimal.ONE),
                price,
                volume,
                volume.multiply(price),
                volume,
                volume.multiply(price),
                count,
                flat ? -1 : n * 10L,
                flat ? -1 : n * 10L + count - 1,
                open + count,
                n * 10L + count - 1,
                closed);
    }

    /** Settings of a server on a free port. */
    ServerSettings settings() {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of("USDT", "BTC"),
                List.of("https://chart.example"),
                List.of(),
                1_000_000,
                5_000,
                1_000,
                new QuerySettings(
                        new RedisSettings(
                                Mode.SINGLE, List.of(redisNode), null, null, null, false, IN_REDIS),
                        new MysqlLogin(database.url(), database.user(), database.password()),
                        intervals(),
                        ZoneOffset.UTC,
                        Duration.ofSeconds(2),
                        8,
                        8));
    }

    private static List<Interval> intervals() {
        return List.of("1m", "3m", "5m", "15m", "30m", "1h", "4h", "1d", "1w", "1M").stream()
                .map(code -> Interval.parse(code, ZoneOffset.UTC))
                .toList();
    }

    private static void add(PreparedStatement insert, Candle candle) throws SQLException {
        int i = 0;
        insert.setString(++i, candle.symbol());
        insert.setString(++i, candle.interval());
        insert.setLong(++i, candle.openTime());
        insert.setLong(++i, candle.closeTime());
        for (BigDecimal value :
                List.of(
                        candle.open(),
                        candle.high(),
                        candle.low(),
                        candle.close(),
                        candle.volume(),
                        candle.quoteVolume(),
                        candle.takerBuyVolume(),
                        candle.takerBuyQuoteVolume())) {
            insert.setBigDecimal(++i, value.setScale(18, RoundingMode.UNNECESSARY));
        }
        insert.setLong(++i, candle.count());
        insert.setLong(++i, candle.firstTradeId());
        insert.setLong(++i, candle.lastTradeId());
        insert.setLong(++i, candle.lastTime());
        insert.setLong(++i, candle.lastId());
        insert.setBoolean(++i, candle.closed());
        insert.addBatch();
    }

    @Override
    public void close() {
        redis.close();
    }
}
