package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.CandleBuilder;
import io.kline.testing.CandleStores;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** The real ccxt, which thinks that the server is Binance. Needs Node.js and npm. */
@Timeout(300)
class CcxtITCase {

    private static final NpmPackage CCXT = new NpmPackage("ccxt", "ohlcv.mjs");
    private static final String SYMBOL = "BTCUSDT";
    private static final long MINUTE = 60_000;
    private static final long HOUR = 60 * MINUTE;
    private static final int HISTORY = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeAll
    static void install() throws Exception {
        CCXT.install();
    }

    @Test
    void ccxtReadsTheSameFigures() throws Exception {
        long end = System.currentTimeMillis();
        List<Trade> trades = trades(end - 50 * HOUR, end);
        long first = trades.get(0).time() / MINUTE * MINUTE;
        long last = end / MINUTE * MINUTE;
        long until = last - 20 * HOUR;
        try (CandleStores stores =
                new CandleStores(Servers.redis().address(), Servers.newDatabase())) {
            stores.redis.flushAll();
            for (Interval interval : CandleStores.INTERVALS) {
                stores.fill(NaiveCandles.of(trades, interval, end, end), HISTORY);
            }
            JsonNode result = ask(stores, new Times(first, last, until));

            assertThat(result.get("markets").toString()).isEqualTo("[\"BTC/USDT\"]");
            assertThat(result.get("base").asText()).isEqualTo("BTC");
            assertThat(result.get("quote").asText()).isEqualTo("USDT");
            assertThat(result.get("time").asLong()).isGreaterThanOrEqualTo(end);

            Expected minutes = new Expected(stores, "1m");
            assertThat(rows(result, "newest1m")).isEqualTo(minutes.upTo(last, 500));
            assertThat(rows(result, "most1m")).isEqualTo(minutes.upTo(last, 1_000));
            assertThat(rows(result, "since1m")).isEqualTo(minutes.from(first, 700));
            assertThat(rows(result, "until1m")).isEqualTo(minutes.upTo(until, 300));
            assertThat(rows(result, "between1m")).isEqualTo(minutes.from(first, 91));
            assertThat(result.get("after")).isEmpty();
            Expected hours = new Expected(stores, "1h");
            assertThat(rows(result, "since1h")).isEqualTo(hours.from(first, 30));
            assertThat(rows(result, "newest1h")).isEqualTo(hours.upTo(last, 5));
            assertThat(rows(result, "all1d")).isEqualTo(new Expected(stores, "1d").upTo(last, 500));

            assertThat(result.get("errors").toString())
                    .isEqualTo(
                            "{\"unknownMarket\":\"BadSymbol\",\"unknownSymbol\":\"BadSymbol\","
                                    + "\"interval\":\"BadRequest\",\"illegal\":\"BadRequest\","
                                    + "\"missing\":\"BadRequest\"}");
            assertThat(rows(result, "watched")).containsExactly(row(pushed(stores)));
        }
    }

    /** Runs the script while the current candle changes all the time. */
    private static JsonNode ask(CandleStores stores, Times times) throws Exception {
        String channel = RedisKeys.latest(SYMBOL, "1m");
        String message = KlineJson.write(pushed(stores));
        ScheduledExecutorService job = Executors.newSingleThreadScheduledExecutor();
        try (KlineServer server = KlineServer.start(TestServer.settings(stores.settings()));
                Jedis redis = new Jedis("127.0.0.1", Servers.redis().port())) {
            job.scheduleWithFixedDelay(
                    () -> redis.publish(channel, message), 0, 50, TimeUnit.MILLISECONDS);
            String output = CCXT.run(Integer.toString(server.port()), times.json());
            job.shutdown();
            assertThat(job.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            return JSON.readTree(output);
        } finally {
            job.shutdownNow();
        }
    }

    /** The current minute after one more trade. */
    private static Candle pushed(CandleStores stores) {
        Candle c = KlineJson.read(stores.redis.get(RedisKeys.latest(SYMBOL, "1m")));
        BigDecimal price = c.high().add(new BigDecimal("0.00000001"));
        return CandleBuilder.like(c)
                .prices(c.open(), price, c.low(), price)
                .volume(c.volume().add(BigDecimal.ONE), c.quoteVolume().add(price))
                .count(c.count() + 1)
                .first(c.lastId() + 1)
                .last(c.openTime() + 1, c.lastId() + 1)
                .build();
    }

    /** What MySQL holds, and the latest candle, as ccxt's rows of floats. */
    private static final class Expected {

        private final TreeMap<Long, List<Double>> rows = new TreeMap<>();

        Expected(CandleStores stores, String interval) throws SQLException {
            try (Connection mysql = stores.database.connect();
                    PreparedStatement select =
                            mysql.prepareStatement(
                                    "SELECT open_time, open, high, low, close, volume FROM kline"
                                            + " WHERE symbol = ? AND interval_code = ?")) {
                select.setString(1, SYMBOL);
                select.setString(2, interval);
                ResultSet row = select.executeQuery();
                while (row.next()) {
                    rows.put(
                            row.getLong(1),
                            row(
                                    row.getLong(1),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5),
                                    row.getString(6)));
                }
            }
            Candle latest = KlineJson.read(stores.redis.get(RedisKeys.latest(SYMBOL, interval)));
            rows.put(latest.openTime(), row(latest));
        }

        List<List<Double>> from(long time, int count) {
            return rows.tailMap(time, true).values().stream().limit(count).toList();
        }

        List<List<Double>> upTo(long time, int count) {
            List<List<Double>> before = new ArrayList<>(rows.headMap(time, true).values());
            return before.subList(Math.max(0, before.size() - count), before.size());
        }
    }

    private static List<Double> row(Candle candle) {
        return row(
                candle.openTime(),
                candle.open().toPlainString(),
                candle.high().toPlainString(),
                candle.low().toPlainString(),
                candle.close().toPlainString(),
                candle.volume().toPlainString());
    }

    private static List<Double> row(long time, String... decimals) {
        List<Double> row = new ArrayList<>(List.of((double) time));
        for (String decimal : decimals) {
            row.add(Double.parseDouble(decimal));
        }
        return row;
    }

    private static List<List<Double>> rows(JsonNode result, String name) {
        List<List<Double>> rows = new ArrayList<>();
        for (JsonNode row : result.get(name)) {
            List<Double> values = new ArrayList<>();
            row.forEach(value -> values.add(value.asDouble()));
            rows.add(values);
        }
        return rows;
    }

    /** Trades with many digits, some minutes without any. */
    private static List<Trade> trades(long from, long to) {
        Random random = new Random(5);
        List<Trade> trades = new ArrayList<>();
        long time = from;
        for (long id = 1; time < to; id++) {
            trades.add(
                    new Trade(
                            SYMBOL,
                            id,
                            id,
                            BigDecimal.valueOf(1 + random.nextLong(10_000_000_000_000L), 8),
                            BigDecimal.valueOf(1 + random.nextLong(1_000_000_000L), 7),
                            time,
                            random.nextBoolean()));
            time += random.nextLong(2 * MINUTE);
        }
        return trades;
    }

    private record Times(long first, long last, long until) {
        String json() {
            return "{\"first\":%d,\"last\":%d,\"until\":%d}".formatted(first, last, until);
        }
    }
}
