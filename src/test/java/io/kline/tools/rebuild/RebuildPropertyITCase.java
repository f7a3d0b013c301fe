package io.kline.tools.rebuild;

import static io.kline.testing.CandleBuilder.like;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.model.Version;
import io.kline.store.KlineJson;
import io.kline.store.mysql.KlineSelect;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Seeds;
import io.kline.testing.Servers;
import io.kline.testing.TestRedis;
import io.kline.tools.check.CheckMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ZRangeParams;

/**
 * Random markets of a file on empty stores, then damaged at random: a rebuild makes both stores the
 * naive twin's, the checker agrees, no version has fallen, and another run finds nothing.
 */
class RebuildPropertyITCase {

    private static final int SEEDS = 8;
    private static final int HISTORY = 40;
    private static final long MINUTE = 60_000;
    private static final long BEGIN = Instant.parse("2025-03-04T02:00:00Z").toEpochMilli();
    private static final long END = BEGIN + 360 * MINUTE;

    /** The first of two trades that come last: it and what opens before it is given up. */
    private static final long SETTLED = BEGIN + 210 * MINUTE;

    private static final List<String> CODES = List.of("1m", "5m", "1h");

    @TempDir private Path folder;

    private Random random;
    private List<Trade> trades;
    private long carryFor;
    private Connection mysql;
    private Jedis redis;
    private RebuildCommand rebuild;
    private Database database;
    private TestRedis server;

    @Test
    void damagedStoresBecomeTheNaiveTwins() throws Exception {
        try (TestRedis own = TestRedis.started();
                Jedis client = own.client()) {
            server = own;
            redis = client;
            for (long seed : Seeds.from(1, SEEDS).toArray()) {
                database = Servers.newDatabase();
                redis.flushAll();
                try (Connection connection = database.connect()) {
                    mysql = connection;
                    play(seed);
                }
            }
        }
    }

    private void play(long seed) throws Exception {
        random = new Random(seed);
        carryFor = random.nextBoolean() ? 20 * MINUTE : 600 * MINUTE;
        trades = market();
        Path file = folder.resolve("trades-" + seed + ".json");
        RebuildCommand.write(file, trades);
        rebuild = command(file);
        assertThat(rebuild.run()).as(rebuild.printed()).isEqualTo(1);
        assertThat(rebuild.run("--apply")).as(rebuild.printed()).isZero();
        agree(seed, file);
        assertThat(rebuild.run()).as(rebuild.printed()).isZero();
        for (int i = 3 + random.nextInt(20); i > 0; i--) {
            damage();
        }
        if (random.nextInt(4) == 0) {
            redis.del(RedisKeys.history("AB", "1m"));
        }
        Map<CandleKey, Version> before = versions();
        assertThat(rebuild.run()).as(rebuild.printed()).isEqualTo(1);
        assertThat(versions()).isEqualTo(before);
        assertThat(rebuild.run("--apply")).as(rebuild.printed()).isZero();
        versions()
                .forEach(
                        (key, version) ->
                                assertThat(version)
                                        .as("seed %d, %s", seed, key)
                                        .isGreaterThanOrEqualTo(before.getOrDefault(key, version)));
        agree(seed, file);
        assertThat(rebuild.run()).as(rebuild.printed()).isZero();
    }

    /** Some hours, then two trades far apart: what the first of them is in is given up. */
    private List<Trade> market() {
        List<Trade> market = new ArrayList<>();
        long time = BEGIN + random.nextInt(300_000);
        long id = 1;
        while (time < BEGIN + 150 * MINUTE) {
            long old = random.nextInt(5) == 0 ? random.nextInt(2_000_000) : 0;
            market.add(trade(id++, Math.max(BEGIN, time - old)));
            time += random.nextInt(10) == 0 ? 30 * MINUTE : random.nextInt(200_000);
        }
        market.add(trade(id++, SETTLED + 1));
        market.add(trade(id, END - 50 * MINUTE));
        return market;
    }

    private Trade trade(long id, long time) {
        return new Trade(
                "AB",
                id,
                id,
                BigDecimal.valueOf(100 + random.nextInt(50), 2),
                BigDecimal.valueOf(1 + random.nextInt(50), 3),
                time,
                random.nextBoolean());
    }

    private void damage() throws SQLException {
        String code = CODES.get(random.nextInt(3));
        Interval interval = Interval.parse(code, ZoneOffset.UTC);
        long open = interval.openOf(BEGIN + (long) (random.nextDouble() * (SETTLED - BEGIN)));
        if (interval.nextOpen(open) > SETTLED) {
            return;
        }
        String where =
                " WHERE symbol = 'AB' AND interval_code = '%s' AND open_time = %d"
                        .formatted(code, open);
        switch (random.nextInt(9)) {
            case 0 -> sql("DELETE FROM kline" + where);
            case 1 -> sql("UPDATE kline SET high = high + 1" + where);
            case 2 -> sql("UPDATE kline SET trade_count = trade_count + 3" + where);
            case 3 -> sql("UPDATE kline SET trade_count = 0, revision = 2" + where);
            case 4 -> sql("UPDATE kline SET last_trade_time = last_trade_time + 1" + where);
            case 5 -> sql("DELETE FROM kline_correction" + where);
            case 6 ->
                    sql(
                            "INSERT IGNORE INTO kline_correction (symbol, interval_code, open_time,"
                                    + " trade_id, price, quantity, trade_time, is_buyer_maker)"
                                    + " VALUES ('AB', '%s', %d, 77777, 1, 1, %d, 0)"
                                            .formatted(code, open, open));
            case 7 ->
                    sql(
                            "INSERT IGNORE INTO kline SELECT symbol, interval_code, %d, %d, open,"
                                            .formatted(open, interval.nextOpen(open) - 1)
                                    + " high, low, close, volume, quote_volume, taker_buy_volume,"
                                    + " taker_buy_quote_volume, trade_count, first_trade_id,"
                                    + " last_trade_id, first_trade_time, last_trade_time,"
                                    + " version_trade_id, closed, revision, updated_at FROM kline"
                                    + " WHERE symbol = 'AB' AND interval_code = '%s' LIMIT 1"
                                            .formatted(code));
            default -> damageHistory(code, open);
        }
    }

    private void damageHistory(String code, long open) {
        String key = RedisKeys.history("AB", code);
        for (String member : redis.zrange(key, ZRangeParams.zrangeByScoreParams(open, open))) {
            Candle candle = KlineJson.read(member);
            redis.zremrangeByScore(key, open, open);
            switch (random.nextInt(3)) {
                case 0 -> redis.zadd(key, open, KlineJson.write(like(candle).price("9").build()));
                case 1 ->
                        redis.zadd(
                                key,
                                open,
                                KlineJson.write(like(candle).count(candle.count() + 9).build()));
                default -> {
                    // Missing.
                }
            }
        }
    }

    private void agree(long seed, Path file) throws SQLException {
        for (String code : CODES) {
            List<Candle> expected =
                    NaiveCandles.of(
                            trades,
                            Interval.parse(code, ZoneOffset.UTC),
                            carryFor,
                            END - 1,
                            Long.MAX_VALUE);
            assertThat(content(stored(code).values()))
                    .as("seed %d, %s in MySQL", seed, code)
                    .isEqualTo(content(expected));
            int last = expected.size() - 1;
            assertThat(content(recent(code).values()))
                    .as("seed %d, %s in Redis", seed, code)
                    .isEqualTo(content(expected.subList(Math.max(0, last - HISTORY), last + 1)));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, UTF_8);
        List<String> args = new ArrayList<>(stores());
        args.addAll(List.of("--file", file.toString(), "--settle", "0s"));
        int code =
                new CheckMain(Map.of("KLINE_MYSQL_PASSWORD", database.password()), out, out)
                        .run(args.toArray(String[]::new));
        assertThat(code).as("seed %d: %s", seed, bytes.toString(UTF_8)).isZero();
    }

    /** Without the revision, which says how often a candle had to shrink. */
    private static List<Candle> content(Iterable<Candle> candles) {
        List<Candle> plain = new ArrayList<>();
        candles.forEach(one -> plain.add(NaiveCandles.plain(like(one).revision(0).build())));
        return plain;
    }

    private TreeMap<Long, Candle> stored(String code) throws SQLException {
        TreeMap<Long, Candle> stored = new TreeMap<>();
        try (PreparedStatement select = mysql.prepareStatement(KlineSelect.AFTER)) {
            select.setString(1, "AB");
            select.setString(2, code);
            select.setLong(3, 0);
            select.setInt(4, 1_000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Candle candle = KlineSelect.read(row);
                    stored.put(candle.openTime(), candle);
                }
            }
        }
        return stored;
    }

    private TreeMap<Long, Candle> recent(String code) {
        TreeMap<Long, Candle> recent = new TreeMap<>();
        List<String> members = new ArrayList<>(redis.zrange(RedisKeys.history("AB", code), 0, -1));
        members.add(redis.get(RedisKeys.latest("AB", code)));
        for (String member : members) {
            Candle candle = KlineJson.read(member);
            recent.put(candle.openTime(), candle);
        }
        return recent;
    }

    /** What a reader of both stores sees: the higher version of each candle. */
    private Map<CandleKey, Version> versions() throws SQLException {
        Map<CandleKey, Version> versions = new HashMap<>();
        for (String code : CODES) {
            stored(code).values().forEach(one -> versions.put(one.key(), one.version()));
            for (Candle one : recent(code).values()) {
                versions.merge(one.key(), one.version(), (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        return versions;
    }

    private void sql(String statement) throws SQLException {
        try (Statement sql = mysql.createStatement()) {
            sql.execute(statement);
        }
    }

    private RebuildCommand command(Path file) {
        List<String> settings = new ArrayList<>(stores());
        settings.addAll(
                List.of(
                        "--file", file.toString(),
                        "--from", "2025-03-04T02:00",
                        "--to", "2025-03-04T08:00",
                        "--kafka.bootstrap.servers", Servers.kafka().address(),
                        "--kafka.topic.klines", Servers.newTopic("klines", 1)));
        return new RebuildCommand(database.password(), settings.toArray(String[]::new));
    }

    private List<String> stores() {
        return List.of(
                "--kline.intervals", String.join(",", CODES),
                "--kline.carry-for", carryFor / MINUTE + "min",
                "--redis.nodes", server.node(),
                "--redis.history.size", Integer.toString(HISTORY),
                "--mysql.url", database.url(),
                "--mysql.user", database.user());
    }
}
