package io.kline.tools.check;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.TradeJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.CandleBuilder;
import io.kline.testing.RecordedTrades;
import io.kline.testing.Servers;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker passes right stores, and reports each kind of damage as what it is. */
class CheckITCase {

    private static final String A = "AAAUSDT";
    private static final String B = "BBBUSDT";
    private static final long END = at("2025-03-04T11:30:10Z");
    private static final long TRADED = at("2025-03-04T11:21:00Z");
    private static final long FLAT = at("2025-03-04T11:25:00Z");
    private static final long BEFORE_HISTORY = at("2025-03-04T10:42:00Z");

    private static final List<Trade> OF_A = trades(A);
    private static final List<Trade> OF_B = trades(B);

    @RegisterExtension static final FilledStores stores = new FilledStores();

    @TempDir private Path folder;

    @BeforeEach
    void fill() throws Exception {
        stores.fill(OF_A, END);
        stores.fill(OF_B, END);
    }

    /** From 10:40 every third minute two trades, in products of more than 18 fraction digits. */
    private static List<Trade> trades(String symbol) {
        List<Trade> trades = new ArrayList<>();
        long id = 100;
        for (long time = at("2025-03-04T10:39:30Z"); time < END; time += 180_000) {
            String price = "1.00000000000" + (id * 7 % 10) + "1";
            trades.add(trade(symbol, id++, text(time), price, "0.30000000007", id % 4 == 0));
            trades.add(trade(symbol, id++, text(time + 29_999), "1.2", "2", id % 3 == 0));
        }
        return trades;
    }

    private static String text(long time) {
        return Instant.ofEpochMilli(time).toString();
    }

    @Test
    void rightStoresPass() throws Exception {
        assertThat(stores.check()).as("%s", stores.lines).isZero();
        assertThat(stores.lines)
                .contains("violations: I1 0, I2 not checked, I3 0, I5 0", "all agree");

        assertThat(stores.check("--file", file().toString())).as("%s", stores.lines).isZero();
        assertThat(stores.lines)
                .contains("violations: I1 0, I2 0, I3 0, I5 0", "all agree")
                .contains("set aside: 4 (1 duplicate, 1 zero, 1 not-json, 1 bad-time)")
                .contains("  AAAUSDT: 3 (1 duplicate, 1 zero, 1 bad-time)")
                .contains("  (no symbol): 1 (1 not-json)")
                .anyMatch(line -> line.contains("68 distinct trades of 72 records"));
    }

    @Test
    void missingExecutionsAreListedIfWanted() throws Exception {
        String[] args = {"--gaps", "--symbols", A};
        assertThat(stores.check(args)).as("%s", stores.lines).isZero();
        assertThat(stores.lines)
                .anyMatch(line -> line.startsWith("0 executions missing in 0 gaps"));

        List<Trade> all = trades("CCCUSDT");
        stores.fill(all.stream().filter(trade -> trade.id() != 110).toList(), END);
        assertThat(stores.check("--symbols", "CCCUSDT")).as("%s", stores.lines).isZero();
        assertThat(stores.check("--gaps")).as("%s", stores.lines).isEqualTo(1);
        assertThat(stores.lines)
                .anyMatch(line -> line.startsWith("gap CCCUSDT: 1 of the executions 110 to 110,"))
                .anyMatch(
                        line ->
                                line.startsWith(
                                        "1 executions missing in 1 gaps; 2 of 51 candles with"))
                .contains("all agree");
    }

    @Test
    void theTopicTellsTheTradesToo() throws Exception {
        String topic = Servers.newTopic("trades", 2);
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Servers.kafka().address());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Trade trade : all()) {
                byte[] key = trade.symbol().getBytes(java.nio.charset.StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(topic, key, TradeJson.write(trade, 1)));
            }
        }
        String[] args = {
            "--topic",
            "--kafka.bootstrap.servers",
            Servers.kafka().address(),
            "--kafka.topic.trades",
            topic
        };
        assertThat(stores.check(args)).as("%s", stores.lines).isZero();
        stores.changeRow("volume = volume + 1", A, "1m", BEFORE_HISTORY);
        assertThat(stores.check(args)).isEqualTo(1);
        assertOnly("I2 AAAUSDT 1m " + BEFORE_HISTORY + " 2025-03-04T10:42:00Z  v: expected 2");
    }

    @Test
    void aHoleInMysql() throws Exception {
        stores.deleteRow(A, "1m", TRADED);
        stores.deleteRow(A, "1m", TRADED + 60_000);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly(
                "I1 AAAUSDT 1m "
                        + TRADED
                        + " 2025-03-04T11:21:00Z  2 candles are missing, the last one is"
                        + " 2025-03-04T11:22:00Z: expected present, MySQL missing");
    }

    @Test
    void theFirstAndTheLastRowOfMysql() throws Exception {
        stores.deleteRow(A, "5m", at("2025-03-04T10:35:00Z"));
        stores.deleteRow(A, "1m", at("2025-03-04T11:29:00Z"));
        assertThat(stores.check()).isEqualTo(1);
        assertThat(stores.violations())
                .hasSize(2)
                .anyMatch(line -> line.startsWith("I1 AAAUSDT 1m 1741087740000 "))
                .anyMatch(line -> line.startsWith("I1 AAAUSDT 5m 1741084500000 "));
    }

    @Test
    void theFirstMinutes() throws Exception {
        for (int minute = 30; minute <= 44; minute++) {
            stores.deleteRow(A, "1m", at("2025-03-04T10:%02d:00Z".formatted(minute)));
        }
        assertThat(stores.check()).isEqualTo(1);
        assertThat(stores.violations())
                .anyMatch(line -> line.startsWith("I5 AAAUSDT 5m ") && line.contains("1m candles"));
    }

    @Test
    void aHoleInRedis() {
        stores.redis.zremrangeByScore(RedisKeys.history(A, "1m"), TRADED, TRADED);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I1 AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  a candle is missing");
    }

    @Test
    void aTrimmedHistory() {
        stores.redis.zremrangeByRank(RedisKeys.history(A, "1m"), 0, 0);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I1 AAAUSDT 1m 1741086600000 2025-03-04T11:10:00Z  a candle is missing");
    }

    @Test
    void anUntrimmedHistory() {
        for (Candle candle : FilledStores.candles(OF_A, "1m", END)) {
            if (candle.openTime() == at("2025-03-04T11:09:00Z")) {
                stores.addToHistory(candle);
            }
        }
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I1 AAAUSDT 1m  the history is too long: expected 20 at most, Redis 21");
    }

    @Test
    void twoMembersOfOneScore() {
        Candle candle = candle(A, "5m", at("2025-03-04T11:20:00Z"));
        stores.addToHistory(withCount(candle, candle.count() - 1));
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I1 AAAUSDT 5m 1741087200000 2025-03-04T11:20:00Z  two members in the history");
    }

    @Test
    void aScoreThatIsNotTheOpenTime() {
        String key = RedisKeys.history(A, "1m");
        String member = stores.member(key, TRADED);
        stores.redis.zadd(key, TRADED + 1, member);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly(
                "I1 AAAUSDT 1m "
                        + TRADED
                        + " 2025-03-04T11:21:00Z  score: expected 1741087260000, Redis 1741087260001");
    }

    @Test
    void aStaleLatest() {
        String old = KlineJson.write(candle(A, "1m", FLAT));
        stores.redis.set(RedisKeys.latest(A, "1m"), old);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly(
                "I1 AAAUSDT 1m "
                        + FLAT
                        + " 2025-03-04T11:25:00Z  the latest kline is stale: expected"
                        + " 2025-03-04T11:30:00Z, Redis 2025-03-04T11:25:00Z");
    }

    @Test
    void noLatestAndOneThatCannotBeRead() {
        stores.redis.del(RedisKeys.latest(A, "1m"));
        stores.redis.set(RedisKeys.latest(B, "1h"), "{}");
        assertThat(stores.check()).isEqualTo(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 AAAUSDT 1m  no latest kline:"
                                + " expected 2025-03-04T11:30:00Z, Redis none",
                        "I1 BBBUSDT 1h  unreadable latest kline: Redis {}");
    }

    @Test
    void aMisalignedOpenTime() throws Exception {
        Candle candle = candle(A, "1h", at("2025-03-04T10:00:00Z"));
        stores.insert(CandleBuilder.like(candle, candle.openTime() + 1).build());
        assertThat(stores.check()).isEqualTo(1);
        assertOnly(
                "I1 AAAUSDT 1h 1741082400001 2025-03-04T10:00:00.001Z  misaligned open time:"
                        + " expected 2025-03-04T10:00:00Z, MySQL 2025-03-04T10:00:00.001Z");
    }

    @Test
    void aSymbolThatIsNotKnown() throws Exception {
        stores.redis.srem(RedisKeys.SYMBOLS, A);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I1 AAAUSDT  not among the known symbols");
    }

    @Test
    void aSymbolWithoutCandles() throws Exception {
        stores.redis.flushAll();
        stores.clear();
        stores.fill(OF_A, END);
        assertThat(stores.check("--file", file().toString())).isEqualTo(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 BBBUSDT  not among the known symbols", "I1 BBBUSDT  no candles");
        assertThat(stores.check("--file", file().toString(), "--symbols", A)).isZero();
    }

    @Test
    void closedFlags() throws Exception {
        stores.changeRow("closed = 0", A, "1m", TRADED);
        stores.changeHistory(B, "1m", FLAT, candle -> withClosed(candle, false));
        assertThat(stores.check()).isEqualTo(1);
        assertThat(stores.violations())
                .containsExactly(
                        "I1 AAAUSDT 1m "
                                + TRADED
                                + " 2025-03-04T11:21:00Z  x: expected true, Redis true, MySQL"
                                + " false",
                        "I1 BBBUSDT 1m "
                                + FLAT
                                + " 2025-03-04T11:25:00Z  x: expected true, Redis false, MySQL"
                                + " true");
    }

    @ParameterizedTest
    @CsvSource({
        "open,o",
        "high,h",
        "low,l",
        "close,c",
        "volume,v",
        "quote_volume,q",
        "taker_buy_volume,V",
        "taker_buy_quote_volume,Q",
        "trade_count,n",
        "first_trade_id,f",
        "last_trade_time,lt"
    })
    void aWrongColumn(String column, String field) throws Exception {
        stores.changeRow(column + " = " + column + " + 1", A, "1m", TRADED);
        assertThat(stores.check()).isEqualTo(1);
        String place = "AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  " + field + ": ";
        assertOnly("I5 " + place + "Redis ");

        assertThat(stores.check("--file", file().toString())).isEqualTo(1);
        assertOnly("I2 " + place + "expected ");
    }

    /** Trades do not say how often a candle was rebuilt, but the stores have to agree. */
    @Test
    void anotherRevision() throws Exception {
        stores.changeRow("revision = 1", A, "1m", TRADED);
        String place = "AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  r: ";
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I5 " + place + "Redis 0, MySQL 1");
        assertThat(stores.check("--file", file().toString())).isEqualTo(1);
        assertOnly("I5 " + place + "Redis 0, MySQL 1");
    }

    @Test
    void aRevisionInBothStoresIsRight() throws Exception {
        stores.changeRow("revision = 1", A, "1m", TRADED);
        stores.changeHistory(A, "1m", TRADED, c -> CandleBuilder.like(c).revision(1).build());
        assertThat(stores.check("--file", file().toString())).as("%s", stores.lines).isZero();
    }

    @Test
    void aLastTradeThatIsNotTheVersions() throws Exception {
        stores.changeRow("last_trade_id = 1", A, "1m", TRADED);
        assertThat(stores.check()).isEqualTo(1);
        String place = "AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  ";
        assertOnly("I1 " + place + "L: expected ");

        stores.changeRow("version_trade_id = 1", A, "1m", TRADED);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I5 " + place + "li: Redis ");
    }

    @Test
    void aWrongCloseTime() throws Exception {
        stores.changeRow("close_time = close_time + 1", A, "1m", TRADED);
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I1 AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  T: expected 1741087319999,");
    }

    @Test
    void aWrongFieldInRedis() throws Exception {
        stores.changeHistory(A, "1m", TRADED, candle -> withCount(candle, candle.count() + 1));
        assertThat(stores.check()).isEqualTo(1);
        assertOnly("I5 AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  n: Redis 3, MySQL 2");
        assertThat(stores.check("--file", file().toString())).isEqualTo(1);
        assertOnly("I2 AAAUSDT 1m " + TRADED + " 2025-03-04T11:21:00Z  n: expected 2, Redis 3");
    }

    @Test
    void aWrongCarriedPrice() throws Exception {
        stores.changeRow("low = low - 0.1", A, "1m", FLAT);
        assertThat(stores.check()).isEqualTo(1);
        String line = "I3 AAAUSDT 1m " + FLAT + " 2025-03-04T11:25:00Z  l: expected ";
        assertOnly(line);
        assertThat(stores.check("--file", file().toString())).isEqualTo(1);
        assertOnly(line);
    }

    @Test
    void aCarriedPriceThatIsWrongInBothStores() throws Exception {
        long flat = at("2025-03-04T11:23:00Z");
        stores.changeRow("open=3, high=3, low=3, close=3", A, "1m", flat);
        Candle three = candle(A, "1m", flat);
        stores.changeHistory(A, "1m", flat, candle -> withPrice(three, BigDecimal.valueOf(3)));
        assertThat(stores.check()).isEqualTo(1);
        assertThat(stores.violations())
                .hasSize(4)
                .allMatch(line -> line.startsWith("I3 AAAUSDT 1m " + flat));
    }

    @Test
    void aLargerCandleThatIsNotTheFoldOfItsMinutes() throws Exception {
        long open = at("2025-03-04T10:45:00Z");
        stores.changeRow("trade_count = 9", A, "5m", open);
        stores.changeHistory(A, "5m", open, candle -> withCount(candle, 9));
        assertThat(stores.check()).isEqualTo(1);
        assertOnly(
                "I5 AAAUSDT 5m "
                        + open
                        + " 2025-03-04T10:45:00Z  n of its 1m candles: expected 4, Redis 9, MySQL 9");
    }

    @Test
    void theFormingCandleToo() throws Exception {
        String key = RedisKeys.latest(A, "1w");
        Candle week = KlineJson.read(stores.redis.get(key));
        stores.redis.set(key, KlineJson.write(withCount(week, 1)));
        assertThat(stores.check()).isEqualTo(1);
        assertOnly(
                "I5 AAAUSDT 1w 1740960000000 2025-03-03T00:00:00Z  n of its 1m candles: expected"
                        + " 34, Redis 1");
        assertThat(stores.check("--file", file().toString())).isEqualTo(1);
        assertOnly("I2 AAAUSDT 1w 1740960000000 2025-03-03T00:00:00Z  n: expected 34, Redis 1");
    }

    @Test
    void candlesOfTradesThatNeverWere() throws Exception {
        Path file = folder.resolve("fewer.json");
        List<String> events = new ArrayList<>();
        OF_A.subList(0, 33).forEach(trade -> events.add(RecordedTrades.event(trade)));
        Files.write(file, events);
        assertThat(stores.check("--file", file.toString(), "--symbols", A)).isEqualTo(1);
        assertThat(stores.violations()).allMatch(line -> line.matches("I[23] AAAUSDT .*"));
    }

    @Test
    void aPublicFileOfOneSymbolChecksThatAlone() throws Exception {
        List<String> rows = new ArrayList<>();
        OF_A.forEach(
                trade ->
                        rows.add(
                                "%d,%s,%s,%s,%d,%s"
                                        .formatted(
                                                trade.id(),
                                                trade.price().toPlainString(),
                                                trade.quantity().toPlainString(),
                                                trade.price().multiply(trade.quantity()),
                                                trade.time(),
                                                trade.buyerIsMaker())));
        Path file = Files.write(folder.resolve("renamed.csv"), rows);

        assertThat(stores.check("--file", file.toString())).isEqualTo(2);
        assertThat(stores.check("--file", file.toString(), "--symbol", A))
                .as("%s", stores.lines)
                .isZero();
        assertThat(stores.check("--file", file.toString(), "--symbol", A, "--symbols", B))
                .isEqualTo(1);
    }

    @Test
    void waitsForStoresThatLag() throws Exception {
        Candle row = candle(A, "1m", TRADED);
        stores.deleteRow(A, "1m", TRADED);
        Thread sink =
                new Thread(
                        () -> {
                            try {
                                stores.insert(row);
                            } catch (Exception e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(stores.check("--settle", "100ms")).isEqualTo(1);
        sink.start();
        assertThat(stores.check("--settle", "20s")).isZero();
        sink.join();
    }

    @Test
    void printsNoMoreThanAsked() throws Exception {
        stores.sql("UPDATE kline SET volume = volume + 1 WHERE trade_count > 0");
        assertThat(stores.check("--max-print", "3")).isEqualTo(1);
        assertThat(stores.violations()).hasSize(3);
        assertThat(stores.lines).anyMatch(line -> line.endsWith(" more (--max-print)"));
    }

    @Test
    void nothingToCheckIsNoSuccess() throws Exception {
        stores.clear();
        assertThat(stores.check()).isEqualTo(1);
        assertThat(stores.violations())
                .containsExactly("I1 -  there is no symbol, nothing to check");
    }

    @Test
    void exitCodesOfTrouble() {
        assertThat(stores.check("--max-print", "many")).isEqualTo(2);
        assertThat(stores.check("--no-such-key", "1")).isEqualTo(2);
        assertThat(stores.check("--file", "a", "--topic")).isEqualTo(2);
        assertThat(stores.check("--symbol", "A")).isEqualTo(2);
        assertThat(stores.check("--layout", "trades")).isEqualTo(2);
        assertThat(stores.check("--file", folder.resolve("none").toString())).isEqualTo(2);
        assertThat(stores.check("--help")).isZero();

        assertThat(
                        stores.check(
                                "--topic",
                                "--kafka.topic.trades",
                                "none",
                                "--kafka.bootstrap.servers",
                                Servers.kafka().address()))
                .isEqualTo(3);
        assertThat(stores.lines).anyMatch(line -> line.startsWith("check.sh: Kafka: "));
    }

    @Test
    void storesThatCannotBeReached() {
        String redis = Servers.redis().address();
        assertThat(stores.checkAt("localhost:1", stores.database.url())).isEqualTo(3);
        assertThat(stores.lines).hasSize(1).allMatch(line -> line.contains("Redis: "));
        assertThat(stores.checkAt(redis, "jdbc:mysql://localhost:1/kline")).isEqualTo(3);
        assertThat(stores.lines).hasSize(1).allMatch(line -> line.contains("MySQL: "));
    }

    private static void assertOnly(String start) {
        assertThat(stores.violations()).hasSize(1);
        assertThat(stores.violations().get(0)).startsWith(start);
    }

    private static List<Trade> all() {
        List<Trade> all = new ArrayList<>(OF_B);
        all.addAll(OF_A);
        return all;
    }

    /** All trades, last first, one of them twice, and two records that do not count. */
    private Path file() throws Exception {
        List<String> events = new ArrayList<>();
        all().forEach(trade -> events.add(0, RecordedTrades.event(trade)));
        events.add(events.get(0));
        events.add("no trade");
        events.add(zeroAt(END));
        events.add(zeroAt(9));
        return Files.write(folder.resolve("trades.json"), events);
    }

    private static String zeroAt(long time) {
        return "{\"e\":\"trade\",\"s\":\"AAAUSDT\",\"t\":9,\"p\":\"9\",\"q\":\"0\",\"T\":%d,\"m\":true}"
                .formatted(time);
    }

    private static Candle candle(String symbol, String code, long open) {
        return FilledStores.candles(symbol.equals(A) ? OF_A : OF_B, code, END).stream()
                .filter(one -> one.openTime() == open)
                .findFirst()
                .orElseThrow();
    }

    private static Candle withCount(Candle c, long count) {
        return CandleBuilder.like(c).count(count).build();
    }

    private static Candle withClosed(Candle c, boolean closed) {
        return CandleBuilder.like(c).closed(closed).build();
    }

    private static Candle withPrice(Candle c, BigDecimal price) {
        return CandleBuilder.like(c).price(price).build();
    }
}
