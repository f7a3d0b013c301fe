package io.kline.tools.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.TradeJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import io.kline.tools.replay.TradeTopic;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** Where trades come in order and once, each peer makes the same candles as the naive fold. */
class PeersITCase {

    private static final int TRADES = 20_000;
    private static final int SYMBOLS = 20;
    private static final long START = Trades.at("2025-03-31T23:50:30Z");
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
        assertThat(Files.readAllLines(folder.resolve("candles.csv")))
                .containsExactlyElementsOf(expected(trades));
    }

    /**
     * The consumer without Flink writes all intervals; each trade of the classic design is slow.
     */
    @Test
    void classicWritesToBothStores() throws Exception {
        List<Trade> trades = trades(500);

        run(
                "classic",
                trades,
                "--redis",
                Servers.redis().address(),
                "--mysql",
                Servers.newDatabase().url());

        assertThat(Files.readAllLines(folder.resolve("candles.csv")))
                .containsExactlyElementsOf(expected(trades));
        assertThat(inRedis("1M")).hasSize(SYMBOLS).allMatch(text -> text.contains("\"i\":\"1M\""));
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

    private String file() {
        return folder.resolve("candles.csv").toString();
    }

    private static List<String> inRedis(String interval) {
        try (Jedis redis = new Jedis("localhost", Servers.redis().port())) {
            return symbols().stream()
                    .map(symbol -> redis.get(RedisKeys.latest(symbol, interval)))
                    .toList();
        }
    }

    private static List<String> symbols() {
        return IntStream.range(0, SYMBOLS).mapToObj(i -> PREFIX + i).toList();
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
