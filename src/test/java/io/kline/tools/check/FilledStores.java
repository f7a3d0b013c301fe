package io.kline.tools.check;

import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ZRangeParams;

/** Real stores, empty before each test, and the checker on them. */
final class FilledStores implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

    static final int HISTORY = 20;
    static final List<String> INTERVALS = List.of("1m", "5m", "1h", "1w");

    private static final String INSERT =
            "INSERT INTO kline (symbol, interval_code, open_time, close_time, open, high, low,"
                    + " close, volume, quote_volume, taker_buy_volume, taker_buy_quote_volume,"
                    + " trade_count, first_trade_id, last_trade_id, last_trade_time,"
                    + " version_trade_id, closed, revision)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

    final Jedis redis = new Jedis("localhost", Servers.redis().port());
    Database database;
    private Connection mysql;

    /** The printed lines of the last check. */
    List<String> lines = List.of();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        database = Servers.newDatabase();
        mysql = database.connect();
    }

    @Override
    public void beforeEach(ExtensionContext context) throws SQLException {
        clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws SQLException {
        mysql.close();
        redis.close();
    }

    void clear() throws SQLException {
        redis.flushAll();
        sql("DELETE FROM kline");
    }

    /** Writes all candles of a symbol's trades up to {@code end}, ms. */
    void fill(List<Trade> trades, long end) throws SQLException {
        fill(trades, end, Long.MAX_VALUE);
    }

    /**
     * Writes the candles of a symbol's trades up to {@code end}, ms.
     *
     * @param carryFor how long after a trade flat candles open, ms
     */
    void fill(List<Trade> trades, long end, long carryFor) throws SQLException {
        for (String code : INTERVALS) {
            List<Candle> candles =
                    candles(trades, code, end).stream()
                            .filter(
                                    one ->
                                            !one.isFlat()
                                                    || one.openTime() - one.lastTime() < carryFor)
                            .toList();
            String symbol = trades.get(0).symbol();
            for (Candle candle : candles) {
                if (candle.closed()) {
                    insert(candle);
                }
            }
            int last = candles.size() - 1;
            for (Candle candle : candles.subList(Math.max(0, last - HISTORY), last)) {
                addToHistory(candle);
            }
            redis.set(RedisKeys.latest(symbol, code), KlineJson.write(candles.get(last)));
            redis.sadd(RedisKeys.SYMBOLS, symbol);
        }
    }

    static List<Candle> candles(List<Trade> trades, String code, long end) {
        return NaiveCandles.of(trades, Interval.parse(code, ZoneOffset.UTC), end, end);
    }

    void addToHistory(Candle candle) {
        redis.zadd(
                RedisKeys.history(candle.symbol(), candle.interval()),
                candle.openTime(),
                KlineJson.write(candle));
    }

    /** The text of one member of a history. */
    String member(String key, long open) {
        return redis.zrange(key, ZRangeParams.zrangeByScoreParams(open, open)).get(0);
    }

    /** Changes one member of a history. */
    void changeHistory(String symbol, String code, long open, UnaryOperator<Candle> change) {
        String key = RedisKeys.history(symbol, code);
        Candle candle = KlineJson.read(member(key, open));
        redis.zremrangeByScore(key, open, open);
        addToHistory(change.apply(candle));
    }

    void insert(Candle candle) throws SQLException {
        try (PreparedStatement insert = mysql.prepareStatement(INSERT)) {
            int i = 0;
            insert.setString(++i, candle.symbol());
            insert.setString(++i, candle.interval());
            insert.setLong(++i, candle.openTime());
            insert.setLong(++i, candle.closeTime());
            for (var value :
                    List.of(
                            candle.open(),
                            candle.high(),
                            candle.low(),
                            candle.close(),
                            candle.volume(),
                            candle.quoteVolume(),
                            candle.takerBuyVolume(),
                            candle.takerBuyQuoteVolume())) {
                insert.setBigDecimal(++i, value.setScale(18, RoundingMode.HALF_UP));
            }
            insert.setLong(++i, candle.count());
            insert.setLong(++i, candle.firstTradeId());
            insert.setLong(++i, candle.lastTradeId());
            insert.setLong(++i, candle.lastTime());
            insert.setLong(++i, candle.lastId());
            insert.setBoolean(++i, candle.closed());
            insert.setLong(++i, candle.revision());
            insert.executeUpdate();
        }
    }

    void sql(String statement) throws SQLException {
        try (Statement sql = mysql.createStatement()) {
            sql.execute(statement);
        }
    }

    /** Changes the row of one candle. */
    void changeRow(String assignment, String symbol, String code, long open) throws SQLException {
        sql("UPDATE kline SET " + assignment + where(symbol, code, open));
    }

    void deleteRow(String symbol, String code, long open) throws SQLException {
        sql("DELETE FROM kline" + where(symbol, code, open));
    }

    private static String where(String symbol, String code, long open) {
        return " WHERE symbol = '%s' AND interval_code = '%s' AND open_time = %d"
                .formatted(symbol, code, open);
    }

    /** Runs the checker while trades come in, and returns what it found. */
    Summary checkMeanwhile(TradeInput source, Duration settle) throws Exception {
        KlineOptions options =
                new OptionsReader(Map.of("KLINE_MYSQL_PASSWORD", database.password()))
                        .read(
                                "test",
                                "--redis.nodes=" + Servers.redis().address(),
                                "--mysql.url=" + database.url(),
                                "--mysql.user=" + database.user())
                        .orElseThrow();
        List<OpenTimes> intervals =
                INTERVALS.stream().map(code -> OpenTimes.of(code, ZoneOffset.UTC)).toList();
        try (RedisKlines inRedis = RedisKlines.connect(options.redis.settings());
                MysqlRows inMysql = MysqlRows.connect(options.mysql);
                SpooledTrades trades = new SpooledTrades(source, Set.of())) {
            SymbolCheck one =
                    new SymbolCheck(
                            inRedis,
                            inMysql,
                            trades,
                            intervals,
                            options.kline.carryFor.toMillis(),
                            HISTORY,
                            0);
            Summary summary =
                    new Check(inRedis, inMysql, trades, Set.of(), one, 50)
                            .run(settle, intervals.size());
            lines = summary.violations().first().stream().map(Violation::line).toList();
            return summary;
        }
    }

    /** Runs the checker without reading again, and returns its exit code. */
    int check(String... more) {
        return checkAt(Servers.redis().address(), database.url(), more);
    }

    /** Runs the checker on other stores. */
    int checkAt(String redisNode, String url, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--redis.nodes", redisNode,
                                "--redis.history.size", Integer.toString(HISTORY),
                                "--mysql.url", url,
                                "--mysql.user", database.user(),
                                "--intervals", String.join(",", INTERVALS)));
        args.addAll(Arrays.asList(more));
        if (!args.contains("--settle")) {
            args.addAll(List.of("--settle", "0s"));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        int code =
                new CheckMain(Map.of("KLINE_MYSQL_PASSWORD", database.password()), out, out)
                        .run(args.toArray(String[]::new));
        lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        return code;
    }

    /** The lines of violations of the last check. */
    List<String> violations() {
        return lines.stream().filter(line -> line.matches("I[0-9] .*")).toList();
    }
}
