package io.kline.tools.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.TradeJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import io.kline.tools.replay.TradeTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Where trades come in order and once, each peer makes the same candles as the naive fold. */
class PeersITCase {

    private static final int TRADES = 20_000;
    private static final int SYMBOLS = 20;
    private static final long START = Trades.at("2025-03-31T23:50:30Z");
    private static final long APRIL = Trades.at("2025-04-01T00:00:00Z");
    private static final long SPAN_MS = 20 * 60_000;
    private static final String PREFIX = "PEER";

    private static final List<String> MALFORMED =
            List.of(
                    "no json",
                    "{\"e\":\"trade\",\"s\":\"PEER1\",\"t\":7}",
                    "{\"e\":\"trade\",\"s\":\"PEER1\",\"t\":7,\"p\":\"x\",\"q\":\"1\","
                            + "\"T\":1743465030000,\"m\":true}");

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sql-tumble",
                "sql-groupby",
                "kafka-streams",
                "textbook",
                "textbook-restore",
                "consumer"
            })
    void makesTheCandlesOfTheNaiveFold(String name) throws Exception {
        List<Trade> trades = trades(TRADES);

        String out = run(name, trades);

        assertThat(out).containsPattern("MARK warm 1\\d{4}\n").contains("MARK done 20003\n");
        assertThat(lines()).containsExactlyElementsOf(expected(trades));
    }

    /** The classic design takes a trade at a time, so there are fewer. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void writesAllIntervalsToRedis(String name) throws Exception {
        List<Trade> trades = trades(500);
        Database database = Servers.newDatabase();
        flushRedis();

        run(name, trades, "--redis", Servers.redis().address(), "--mysql", database.url());

        List<String> candles = expected(trades);
        assertThat(lines()).containsExactlyElementsOf(candles);
        assertThat(tradesInRedis("1M"))
                .isEqualTo(trades.stream().filter(trade -> trade.time() >= APRIL).count());
        // Each symbol's last candle is forming.
        assertThat(rows(database)).isEqualTo(name.equals("classic") ? candles.size() - SYMBOLS : 0);
    }

    private String run(String name, List<Trade> trades, String... stores) throws Exception {
        String topic = Servers.newTopic("peers", 2);
        send(topic, trades);
        List<String> args = new ArrayList<>(List.of(name, "--topic", topic));
        args.addAll(List.of("--bootstrap", Servers.kafka().address()));
        args.addAll(List.of("--records", Integer.toString(trades.size() + MALFORMED.size())));
        args.addAll(List.of("--warmup", "10000", "--out", file()));
        args.addAll(List.of(stores));
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(printed);
            assertThat(PeerMain.commandLine().execute(args.toArray(String[]::new))).isZero();
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /** A carriage return would be part of a line. */
    private List<String> lines() throws IOException {
        return List.of(Files.readString(Path.of(file())).split("\n"));
    }

    private String file() {
        return folder.resolve("candles.csv").toString();
    }

    private static void flushRedis() {
        try (Jedis redis = new Jedis("localhost", Servers.redis().port())) {
            redis.flushAll();
        }
    }

    /** Of the latest candles of an interval. */
    private static long tradesInRedis(String interval) {
        try (Jedis redis = new Jedis("localhost", Servers.redis().port())) {
            return IntStream.range(0, SYMBOLS)
                    .mapToObj(i -> redis.get(RedisKeys.latest(PREFIX + i, interval)))
                    .mapToLong(kline -> KlineJson.read(kline).count())
                    .sum();
        }
    }

    private static int rows(Database database) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet count =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM kline WHERE interval_code = '1m'")) {
            count.next();
            return count.getInt(1);
        }
    }

    /** Each trade is after the one before it; several have the same time. */
    private static List<Trade> trades(int count) {
        Random random = new Random(11);
        List<Trade> trades = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            trades.add(
                    Trades.some(
                            random,
                            PREFIX + random.nextInt(SYMBOLS),
                            1_000 + i,
                            START + i / 4 * 4 * SPAN_MS / count));
        }
        return trades;
    }

    private static void send(String topic, List<Trade> trades) {
        try (TradeTopic out =
                TradeTopic.open(Servers.kafka().address(), topic, Duration.ofSeconds(30))) {
            for (String line : MALFORMED) {
                out.send(PREFIX + 1, line.getBytes(StandardCharsets.UTF_8));
            }
            for (Trade trade : trades) {
                out.send(trade.symbol(), TradeJson.write(trade, trade.time()));
            }
            out.flush();
        }
    }

    private static List<String> expected(List<Trade> trades) {
        Interval minute = Interval.parse("1m", ZoneOffset.UTC);
        Map<String, List<Trade>> bySymbol =
                trades.stream().collect(Collectors.groupingBy(Trade::symbol));
        return bySymbol.keySet().stream()
                .sorted()
                .flatMap(
                        symbol ->
                                NaiveCandles.of(
                                        bySymbol.get(symbol),
                                        minute,
                                        trades.get(trades.size() - 1).time(),
                                        0)
                                        .stream())
                .filter(candle -> !candle.isFlat())
                .map(candle -> String.join(",", MinuteCandle.of(candle).columns()))
                .toList();
    }
}
