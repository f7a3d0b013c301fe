package io.kline.history;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.kafka.StoredCandlesTopic;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.store.mysql.KlineUpsert;
import io.kline.store.mysql.MysqlLogin;
import io.kline.testing.Database;
import io.kline.testing.KlinesTopicReader;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.connector.sink2.Committer.CommitRequest;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Late trades on a real MariaDB: candles, ledger and topic after each commit. */
class CorrectorITCase {

    private static final String[] CODES = {
        "1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "8h", "12h", "1d"
    };
    private static final Trade FIRST = trade("A", 100, "2025-03-04T00:00:10Z", "5", "2", false);
    private static final Trade LAST = trade("A", 200, "2025-03-04T00:06:10Z", "6", "3", true);
    private static final long NOT_KNOWN = Long.MAX_VALUE;
    private static final long END = at("2025-03-04T00:08:00Z");

    private final AtomicInteger failures = new AtomicInteger();
    private Database database;
    private String topic;
    private Corrector corrector;

    @BeforeEach
    void start() throws Exception {
        database = Servers.newDatabase();
        topic = Servers.newTopic("klines", 1);
        corrector = corrector(ZoneOffset.UTC, database);
    }

    @AfterEach
    void stop() {
        corrector.close();
    }

    @Test
    void aTradedCandleExactlyOnce() throws Exception {
        store("1m", FIRST, LAST);
        LateTrade late = late("1m", false, trade("A", 99, "2025-03-04T00:00:05Z", "9"));
        commit(late);
        assertStored("1m", FIRST, LAST, late.trade());
        commit(late);
        commit(late, late);
        corrector(ZoneOffset.UTC, database).commit(requests(late));
        assertStored("1m", FIRST, LAST, late.trade());
        assertThat(ledger()).isEqualTo(1);
        assertThat(failures).hasValue(0);
    }

    @Test
    void aFlatCandleAndTheFlatOnesAfterIt() throws Exception {
        store("1m", FIRST, LAST);
        LateTrade late = late("1m", false, trade("A", 150, "2025-03-04T00:02:05Z", "9"));
        commit(late);
        assertStored("1m", FIRST, LAST, late.trade());
        // The traded candle and flat ones of 3, 4 and 5; not the flat ones before and behind.
        assertThat(sent())
                .extracting(Candle::openTime)
                .containsExactly(minute(2), minute(3), minute(4), minute(5));
        assertThat(sent()).extracting(Candle::close).containsOnly(new BigDecimal(9));
    }

    @Test
    void eachChangeIsLoggedOnce() throws Exception {
        store("1m", FIRST, LAST);
        List<Candle> before = stored("1m");
        LateTrade late = late("1m", false, trade("A", 150, "2025-03-04T00:02:05Z", "9"));
        commit(late);
        List<Candle> after = stored("1m");
        List<String> expected = new ArrayList<>();
        for (int minute = 2; minute <= 5; minute++) {
            expected.add(
                    (minute == 2 ? "late_trade " : "carried ")
                            + KlineJson.write(before.get(minute))
                            + " "
                            + KlineJson.write(after.get(minute)));
        }
        assertThat(logged()).isEqualTo(expected);
        commit(late);
        commit(late, late);
        assertThat(logged()).isEqualTo(expected);
    }

    @Test
    void whatWasNotThereIsLoggedWithoutABefore() throws Exception {
        commit(late("1m", FIRST, minute(2), 0));
        List<Candle> after = stored("1m");
        // Candles without trades that were not there either have not changed.
        assertThat(after).hasSizeGreaterThan(1);
        assertThat(logged()).containsExactly("late_trade null " + KlineJson.write(after.get(0)));
    }

    @Test
    void whatIsNotAppliedIsNotLogged() throws Exception {
        store("1m", FIRST, LAST);
        // The candle has more executions than live and ledger say: it is disputed.
        commit(late("1m", trade("A", 201, "2025-03-04T00:06:15Z", "7"), NOT_KNOWN, 3));
        assertThat(logged()).isEmpty();
    }

    @Test
    void theLogHasVolumesAsTheTable() throws Exception {
        store("1m", FIRST, LAST);
        for (int id = 101; id <= 102; id++) {
            commit(
                    late(
                            "1m",
                            false,
                            trade(
                                    "A",
                                    id,
                                    "2025-03-04T00:00:05Z",
                                    "0.0000000000003",
                                    "0.000005",
                                    false)));
        }
        List<String> all = logged().stream().filter(line -> line.startsWith("late_trade")).toList();
        assertThat(all).hasSize(2);
        assertThat(all.get(1).split(" ")[1]).isEqualTo(all.get(0).split(" ")[2]);
    }

    @Test
    void aChangeThatCannotBeLoggedIsNotMade() throws Exception {
        store("1m", FIRST, LAST);
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP TABLE kline_restated");
        }
        LateTrade late = late("1m", false, trade("A", 99, "2025-03-04T00:00:05Z", "9"));
        assertThatThrownBy(() -> commit(late))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("kline_restated");
        assertStored("1m", FIRST, LAST);
        assertThat(ledger()).isZero();
    }

    @Test
    void theLiveJobCarriesIt() throws Exception {
        store("1m", FIRST);
        LateTrade late = late("1m", true, trade("A", 150, "2025-03-04T00:02:05Z", "9"));
        commit(late);
        List<Candle> stored = stored("1m");
        assertThat(stored.get(2)).isEqualTo(naive("1m", FIRST, late.trade()).get(2));
        stored.remove(2);
        List<Candle> untouched = naive("1m", FIRST);
        untouched.remove(2);
        assertThat(stored).isEqualTo(untouched);
        assertThat(sent()).extracting(Candle::openTime).containsExactly(minute(2));
    }

    @Test
    void flatCandlesOfALaterTradeStay() throws Exception {
        Trade carried = trade("A", 170, "2025-03-04T00:04:05Z", "7");
        store("1m", FIRST, carried, LAST);
        // What the live job knew of minute 4 when its trade had not been applied yet.
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            sql.executeUpdate("DELETE FROM kline WHERE open_time = " + minute(4));
        }
        write(naive("1m", FIRST).get(4));
        commit(late("1m", false, trade("A", 150, "2025-03-04T00:02:05Z", "9")));
        commit(late("1m", true, carried));
        assertStored("1m", FIRST, carried, LAST, trade("A", 150, "2025-03-04T00:02:05Z", "9"));
    }

    @Test
    void olderThanTheFirstCandleWithoutAHole() throws Exception {
        store("1m", FIRST, LAST);
        store("1d", FIRST, LAST);
        Trade old = trade("A", 3, "2025-03-02T21:00:05Z", "9");
        commit(late("1m", false, old), late("1d", false, old));
        assertStored("1m", FIRST, LAST, old);
        assertStored("1d", FIRST, LAST, old);
        assertThat(sent()).hasSize(27 * 60 + 2);
        commit(late("1m", false, old), late("1d", false, old));
        assertStored("1m", FIRST, LAST, old);
        // The topic gets them again: the first time may have been in vain.
        assertThat(sent()).hasSize(2 * (27 * 60 + 2));
    }

    @Test
    void aMonthOfFlatCandlesWhereNothingIsStored() throws Exception {
        long month = 30 * 86_400_000L;
        LateTrade late = late("1m", FIRST, FIRST.time() + month, 0);
        commit(late);
        List<Candle> expected =
                NaiveCandles.of(
                        List.of(FIRST), interval("1m"), month, minute(0) + 2 * month, NOT_KNOWN);
        assertThat(expected).hasSize(1 + 43_200);
        assertThat(stored("1m")).isEqualTo(expected);
        assertThat(sent()).isEqualTo(expected);
        commit(late);
        assertThat(stored("1m")).isEqualTo(expected);
    }

    @Test
    void flatCandlesEndWhereThePriceIsNoLongerCarried() throws Exception {
        store("1m", FIRST, LAST);
        LateTrade late =
                late("1m", trade("A", 150, "2025-03-04T00:02:05Z", "9"), minute(4) + 5_000, 0);
        commit(late);
        List<Candle> expected = naive("1m", FIRST, LAST, late.trade());
        expected.set(5, naive("1m", FIRST, LAST).get(5));
        assertThat(stored("1m")).isEqualTo(expected);
        assertThat(sent())
                .extracting(Candle::openTime)
                .containsExactly(minute(2), minute(3), minute(4));
    }

    @Test
    void aDisputedCandleStaysAsItIs() throws Exception {
        store("1m", FIRST, LAST);
        Trade one = trade("A", 101, "2025-03-04T00:00:15Z", "9");
        Trade two = trade("A", 102, "2025-03-04T00:00:16Z", "8");
        commit(late("1m", one, minute(6), 1));
        assertStored("1m", FIRST, LAST, one);
        // Somebody rebuilds the candle with both.
        write(naive("1m", FIRST, LAST, one, two).get(0));
        commit(late("1m", one, minute(6), 1), late("1m", two, minute(6), 1));
        commit(late("1m", two, minute(6), 1));
        // Their flat candles follow all the same.
        assertStored("1m", FIRST, LAST, one, two);
        assertThat(ledger()).isEqualTo(1);
        // It is not stored as the live job had it.
        commit(late("1m", trade("A", 201, "2025-03-04T00:06:15Z", "7"), NOT_KNOWN, 3));
        assertStored("1m", FIRST, LAST, one, two);
        assertThat(ledger()).isEqualTo(1);
    }

    @Test
    void theLedgerCountsExecutions() throws Exception {
        store("1m", FIRST, LAST);
        long time = at("2025-03-04T00:00:15Z");
        Trade one = new Trade("A", 110, 119, BigDecimal.TEN, BigDecimal.ONE, time, false);
        Trade two = new Trade("A", 120, 121, BigDecimal.ONE, BigDecimal.ONE, time + 1, true);
        commit(late("1m", one, minute(6), 1));
        commit(late("1m", one, minute(6), 1), late("1m", two, minute(6), 1));
        assertStored("1m", FIRST, LAST, one, two);
    }

    @Test
    void aCandleThatALateTradeMayNotMake() throws Exception {
        LateTrade late =
                new LateTrade(
                        "1m", minute(0), FIRST, true, minute(1), false, LateTrade.UNKNOWN, false);
        commit(late);
        assertThat(stored("1m")).isEmpty();
        assertThat(ledger()).isZero();
    }

    @Test
    void revisionsAreKept() throws Exception {
        store("1m", FIRST, LAST);
        for (Candle candle : naive("1m", FIRST, LAST).subList(2, 4)) {
            write(new Candle(candle.key(), candle.closeTime(), candle.ohlcv(), true, 7));
        }
        LateTrade late = late("1m", trade("A", 150, "2025-03-04T00:02:05Z", "9"), minute(6), 0);
        commit(late);
        List<Candle> stored = stored("1m");
        assertThat(stored).extracting(Candle::revision).startsWith(0L, 0L, 7L, 7L, 0L);
        assertThat(stored.stream().map(Candle::ohlcv))
                .containsExactlyElementsOf(
                        naive("1m", FIRST, LAST, late.trade()).stream()
                                .map(Candle::ohlcv)
                                .toList());
    }

    @Test
    void thereIsNothingYet() throws Exception {
        LateTrade late = late("1M", true, trade("A", 150, "2025-03-04T00:02:05Z", "9"));
        commit(late);
        assertThat(stored("1M"))
                .isEqualTo(
                        NaiveCandles.of(
                                List.of(late.trade()), interval("1M"), minute(0), Long.MAX_VALUE));
    }

    @Test
    void quoteVolumesAreRoundedAsTheTableRoundsThem() throws Exception {
        store("1m", FIRST, LAST);
        commit(
                late(
                        "1m",
                        false,
                        trade(
                                "A",
                                101,
                                "2025-03-04T00:00:05Z",
                                "0.0000000000003",
                                "0.0000005",
                                false)));
        assertThat(stored("1m").get(0).quoteVolume()).isEqualByComparingTo("10.0000000000000000");
        commit(
                late(
                        "1m",
                        false,
                        trade(
                                "A",
                                102,
                                "2025-03-04T00:00:05Z",
                                "0.0000000000003",
                                "0.000005",
                                false)));
        assertThat(stored("1m").get(0).quoteVolume()).isEqualByComparingTo("10.000000000000000002");
    }

    @Test
    void withoutTheLedgerTheCandleStaysAsItWas() throws Exception {
        store("1m", FIRST, LAST);
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement()) {
            sql.execute("DROP TABLE kline_correction");
        }
        LateTrade late = late("1m", false, trade("A", 99, "2025-03-04T00:00:05Z", "9"));
        assertThatThrownBy(() -> commit(late)).isInstanceOf(IOException.class);
        assertStored("1m", FIRST, LAST);
        assertThat(failures).hasValue(1);
        assertThat(sent()).isEmpty();
    }

    @Test
    void aDeadServerIsTriedAgainAndThenFailsTheJob() throws Exception {
        Database nowhere = new Database("jdbc:mysql://127.0.0.1:1/kline", "kline", "kline");
        Corrector lost = corrector(ZoneOffset.UTC, nowhere);
        LateTrade late = late("1m", false, trade("A", 99, "2025-03-04T00:00:05Z", "9"));
        assertThatThrownBy(() -> lost.commit(requests(late))).isInstanceOf(IOException.class);
        assertThat(failures).hasValueGreaterThan(2);
        lost.close();
    }

    @Test
    void aLockedCandleIsWaitedFor() throws Exception {
        store("1m", FIRST, LAST);
        LateTrade late = late("1m", false, trade("A", 99, "2025-03-04T00:00:05Z", "9"));
        try (Connection other = database.connect();
                Statement sql = other.createStatement()) {
            other.setAutoCommit(false);
            sql.execute("SELECT * FROM kline WHERE open_time = " + minute(0) + " FOR UPDATE");
            String patience = "?sessionVariables=innodb_lock_wait_timeout=1";
            Corrector impatient =
                    corrector(
                            ZoneOffset.UTC,
                            new Database(
                                    database.url() + patience,
                                    database.user(),
                                    database.password()));
            assertThatThrownBy(() -> impatient.commit(requests(late)))
                    .isInstanceOf(IOException.class);
            impatient.close();
            assertThat(failures).hasValueGreaterThan(2);
        }
        commit(late);
        assertStored("1m", FIRST, LAST, late.trade());
    }

    /** 3,000 trades, each late for 12 intervals, of 6 symbols that had one trade an hour. */
    @Test
    void manyAtOnce() throws Exception {
        Random random = new Random(1);
        List<List<Trade>> symbols = new ArrayList<>();
        List<Candle> before = new ArrayList<>();
        List<LateTrade> late = new ArrayList<>();
        long begin = at("2025-03-04T00:00:00Z");
        long end = at("2025-03-05T00:00:00Z");
        for (int s = 0; s < 6; s++) {
            String symbol = "S" + s;
            List<Trade> inTime = new ArrayList<>();
            List<Trade> all = new ArrayList<>();
            List<Trade> tooLate = new ArrayList<>();
            for (int id = 0; id < 524; id++) {
                long time = begin + id * (end - begin) / 524;
                Trade trade = Trades.some(random, symbol, id, time);
                all.add(trade);
                if (id % 22 == 0) {
                    inTime.add(trade);
                } else {
                    tooLate.add(trade);
                }
            }
            symbols.add(all);
            for (String code : CODES) {
                Map<Long, Long> counts = new HashMap<>();
                for (Candle candle : NaiveCandles.of(inTime, interval(code), end - 1, end)) {
                    before.add(candle);
                    counts.put(candle.openTime(), candle.count());
                }
                for (Trade trade : tooLate) {
                    long open = interval(code).openOf(trade.time());
                    late.add(late(code, trade, end, counts.get(open)));
                }
            }
        }
        write(before.toArray(Candle[]::new));
        long start = System.nanoTime();
        commit(late.toArray(LateTrade[]::new));
        Duration first = Duration.ofNanos(System.nanoTime() - start);
        start = System.nanoTime();
        commit(late.toArray(LateTrade[]::new));
        Duration again = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf(
                "%,d corrections of %,d candles: %,d ms; all of them again: %,d ms%n",
                late.size(), before.size(), first.toMillis(), again.toMillis());
        for (List<Trade> trades : symbols) {
            for (String code : CODES) {
                assertThat(stored(trades.get(0).symbol(), code))
                        .isEqualTo(NaiveCandles.of(trades, interval(code), end - 1, end));
            }
        }
        assertThat(ledger()).isEqualTo(late.size());
        assertThat(first).isLessThan(Duration.ofSeconds(120));
    }

    private Corrector corrector(ZoneOffset offset, Database mysql) {
        Properties kafka = new Properties();
        kafka.put("bootstrap.servers", Servers.kafka().address());
        return new Corrector(
                new CorrectCandles(offset),
                new Transactions(
                        new MysqlLogin(mysql.url(), mysql.user(), mysql.password()),
                        failures::incrementAndGet),
                new StoredCandlesTopic(topic, kafka),
                new CorrectorMetrics(new UnregisteredMetricsGroup()));
    }

    private void commit(LateTrade... late) throws Exception {
        corrector.commit(requests(late));
    }

    private static List<CommitRequest<LateTrades>> requests(LateTrade... late) {
        return List.of(new Request(new LateTrades(List.of(late))));
    }

    private static LateTrade late(String code, boolean carried, Trade trade) {
        long open = interval(code).openOf(trade.time());
        return new LateTrade(code, open, trade, carried, NOT_KNOWN, true, LateTrade.UNKNOWN, false);
    }

    private static LateTrade late(String code, Trade trade, long until, long liveCount) {
        long open = interval(code).openOf(trade.time());
        return new LateTrade(code, open, trade, false, until, true, liveCount, false);
    }

    private static Interval interval(String code) {
        return Interval.parse(code, ZoneOffset.UTC);
    }

    private static long minute(int minute) {
        return at("2025-03-04T00:00:00Z") + minute * 60_000L;
    }

    private static List<Candle> naive(String code, Trade... trades) {
        return NaiveCandles.of(List.of(trades), interval(code), END - 1, Long.MAX_VALUE);
    }

    private void store(String code, Trade... trades) throws Exception {
        write(naive(code, trades).toArray(Candle[]::new));
    }

    private void write(Candle... candles) throws Exception {
        try (Connection connection =
                        new MysqlLogin(database.url(), database.user(), database.password())
                                .connect();
                PreparedStatement upsert = connection.prepareStatement(KlineUpsert.SQL)) {
            for (Candle candle : candles) {
                KlineUpsert.bind(upsert, candle);
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
    }

    private void assertStored(String code, Trade... trades) throws Exception {
        assertThat(stored(code)).isEqualTo(naive(code, trades));
    }

    private List<Candle> stored(String code) throws Exception {
        return stored("A", code);
    }

    private List<Candle> stored(String symbol, String code) throws Exception {
        try (Connection connection = database.connect()) {
            return new ArrayList<>(
                    new MysqlCandleStore(connection)
                                    .after(
                                            new CandleKey(symbol, code, Long.MIN_VALUE),
                                            Integer.MAX_VALUE)
                                    .stream()
                                    .map(NaiveCandles::plain)
                                    .toList());
        }
    }

    private long ledger() throws Exception {
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement();
                ResultSet count = sql.executeQuery("SELECT COUNT(*) FROM kline_correction")) {
            count.next();
            return count.getLong(1);
        }
    }

    private List<String> logged() throws Exception {
        List<String> logged = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement sql = connection.createStatement();
                ResultSet row = sql.executeQuery("SELECT * FROM kline_restated ORDER BY id")) {
            while (row.next()) {
                logged.add(
                        row.getString("reason")
                                + " "
                                + row.getString("before_kline")
                                + " "
                                + row.getString("after_kline"));
            }
        }
        return logged;
    }

    private List<Candle> sent() {
        return KlinesTopicReader.candles(topic);
    }

    /** What Flink hands to a committer. */
    private record Request(LateTrades getCommittable) implements CommitRequest<LateTrades> {

        @Override
        public int getNumberOfRetries() {
            return 0;
        }

        @Override
        public void signalFailedWithKnownReason(Throwable t) {
            throw new AssertionError(t);
        }

        @Override
        public void signalFailedWithUnknownReason(Throwable t) {
            throw new AssertionError(t);
        }

        @Override
        public void retryLater() {
            throw new AssertionError("later");
        }

        @Override
        public void updateAndRetryLater(LateTrades committable) {
            throw new AssertionError("later");
        }

        @Override
        public void signalAlreadyCommitted() {
            throw new AssertionError("already");
        }
    }
}
