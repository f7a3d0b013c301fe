package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.mysql.MysqlLogin;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Trades;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.ServerProcess;
import io.kline.tools.stack.SqlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is answered, and how fast, while a store is stopped or hangs. */
class StoreAwayITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BOUND = Duration.ofMillis(2_500);
    private static final String SYMBOL = "AWAYUSDT";
    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final long END = Trades.at("2025-03-04T00:30:30Z");
    private static final int KEPT = 10;

    private static final EmbeddedRedis REDIS = EmbeddedRedis.temporary();
    private static final EmbeddedMariaDb MYSQL = EmbeddedMariaDb.temporary();
    private static CandleStores stores;
    private static List<Candle> all;
    private CandleQuery query;

    @BeforeAll
    static void fill() throws Exception {
        REDIS.start();
        MYSQL.start();
        String url = MYSQL.jdbcUrl(EmbeddedMariaDb.DATABASE);
        SqlFile.run(Path.of("sql/schema.sql"), url, EmbeddedMariaDb.ROOT, "");
        stores =
                new CandleStores(
                        REDIS.address(),
                        new Database(url, EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD));
        all =
                NaiveCandles.of(
                        List.of(
                                Trades.trade(SYMBOL, 1, "2025-03-04T00:00:01Z", "1.5"),
                                Trades.trade(SYMBOL, 2, "2025-03-04T00:25:01Z", "2.5")),
                        MINUTE,
                        END,
                        END);
        stores.fill(all, KEPT);
        stores.sql(
                "INSERT INTO kline_correction (symbol, interval_code, open_time, trade_id,"
                        + " price, quantity, trade_time, is_buyer_maker, applied_at) VALUES ('"
                        + SYMBOL
                        + "', '1m', 1741046400000, 7, 1.25, 2, 1741046400001, 1, NOW(3)), ('"
                        + SYMBOL
                        + "', '1h', 1741046400000, 7, 1.25, 2, 1741046400001, 1, NOW(3)), ('"
                        + SYMBOL
                        + "', '1m', 1741046460000, 8, 1.25, 2, 1741046460001, 0, NOW(3))");
    }

    @AfterAll
    static void stop() throws Exception {
        stores.close();
        REDIS.close();
        MYSQL.close();
    }

    @BeforeEach
    void open() {
        query = CandleQuery.open(stores.impatientSettings(), () -> Instant.ofEpochMilli(END));
    }

    @AfterEach
    void close() {
        query.close();
    }

    @Test
    void bothAreThere() {
        assertRange(new Range(null, null, 100), all, Set.of());
        assertThat(query.latest(SYMBOL, MINUTE).value().map(NaiveCandles::plain))
                .contains(all.get(all.size() - 1));
        assertThat(query.latest("NOBODY", MINUTE).value()).isEmpty();
        assertThat(query.symbols()).isEqualTo(new QueryResult<>(List.of(SYMBOL), Set.of()));
        assertThat(query.latestOfAll(MINUTE).value()).hasSize(1);
        assertThat(query.health().values()).allMatch(StoreHealth::up);

        List<AppliedCorrection> ledger = query.corrections(SYMBOL, null, Range.newest(10)).value();
        assertThat(ledger.stream().map(each -> each.tradeId() + each.interval()))
                .containsExactly("71h", "71m", "81m");
        assertThat(ledger.get(2).isBuyerMaker()).isFalse();
        assertThat(Instant.ofEpochMilli(ledger.get(0).appliedAt()))
                .isAfter(Instant.parse("2025-03-04T00:00:00Z"));
        assertThat(query.corrections(SYMBOL, MINUTE, Range.newest(1)).value())
                .containsExactly(ledger.get(2));
    }

    @Test
    void redisStopsAndComesBack() throws Exception {
        assertRange(Range.newest(5), newest(5), Set.of());
        REDIS.stop();
        try {
            List<Candle> closed = all.subList(0, all.size() - 1);
            assertRange(Range.newest(100), closed, Set.of(Store.REDIS));
            assertThat(query.symbols())
                    .isEqualTo(new QueryResult<>(List.of(SYMBOL), Set.of(Store.REDIS)));
            assertThat(query.latestOfAll(MINUTE).value()).hasSize(1);
            assertThat(query.latestOfAll(MINUTE).missing()).containsExactly(Store.REDIS);
            assertThat(query.health().get(Store.REDIS).problem()).isNotBlank();
        } finally {
            REDIS.start();
        }
        Await.until(PATIENCE, () -> assertRange(Range.newest(5), newest(5), Set.of()));
    }

    @Test
    void mysqlStopsAndComesBack() throws Exception {
        assertRange(Range.newest(100), all, Set.of());
        assertThat(query.symbols().isComplete()).isTrue();
        MYSQL.stop();
        try {
            assertRange(Range.newest(KEPT + 1), newest(KEPT + 1), Set.of());
            assertRange(Range.newest(100), newest(KEPT + 1), Set.of(Store.MYSQL));
            assertThat(query.latestOfAll(MINUTE).missing()).isEmpty();
            assertThat(query.symbols()).isEqualTo(new QueryResult<>(List.of(SYMBOL), Set.of()));
            assertThatThrownBy(() -> query.corrections(SYMBOL, null, Range.newest(10)))
                    .isInstanceOf(QueryException.class)
                    .hasMessageContaining("MYSQL");
            assertThat(query.health().get(Store.MYSQL).up()).isFalse();
            assertThat(query.health().get(Store.REDIS).up()).isTrue();
        } finally {
            MYSQL.start();
        }
        Await.until(PATIENCE, () -> assertRange(Range.newest(100), all, Set.of()));
    }

    @Test
    void hangingStoresHoldNobodyForLong() throws Exception {
        assertRange(Range.newest(100), all, Set.of());
        try {
            signal("STOP", REDIS);
            Await.until(
                    PATIENCE, () -> assertRange(Range.newest(5), closed(5), Set.of(Store.REDIS)));
            assertAnsweredAtOnce();
            signal("STOP", MYSQL);
            // The signal takes a moment on a busy machine.
            Await.until(PATIENCE, this::assertNobodyAnswers);
            signal("CONT", REDIS);
            Await.until(PATIENCE, () -> assertRange(Range.newest(5), newest(5), Set.of()));
            assertRange(Range.newest(100), newest(KEPT + 1), Set.of(Store.MYSQL));
        } finally {
            signal("CONT", REDIS);
            signal("CONT", MYSQL);
        }
        Await.until(PATIENCE, () -> assertRange(Range.newest(100), all, Set.of()));
    }

    @Test
    void nobodyIsThereFromTheStart() {
        MysqlLogin wrong = new MysqlLogin(stores.database.url(), "kline", "not-the-secret");
        try (CandleQuery lost =
                CandleQuery.open(
                        CandleStores.settings(CandleStores.single("127.0.0.1:1"), wrong))) {
            assertThatThrownBy(lost::symbols).isInstanceOf(QueryException.class);
            assertThatThrownBy(() -> lost.latestOfAll(MINUTE)).isInstanceOf(QueryException.class);
            assertThatThrownBy(() -> lost.latest(SYMBOL, MINUTE))
                    .isInstanceOfSatisfying(
                            QueryException.class,
                            e ->
                                    assertThat(e.problems())
                                            .containsOnlyKeys(Store.REDIS, Store.MYSQL))
                    .hasMessageNotContaining("not-the-secret");
            Map<Store, StoreHealth> health = lost.health();
            assertThat(health.values()).noneMatch(StoreHealth::up);
        }
    }

    /** It may have symbols that Redis does not have. */
    @Test
    void untilMysqlHasAnsweredOnceTheSymbolsAreNotAll() {
        MysqlLogin wrong = new MysqlLogin(stores.database.url(), "kline", "not-the-secret");
        try (CandleQuery half =
                CandleQuery.open(
                        CandleStores.settings(CandleStores.single(REDIS.address()), wrong))) {
            for (int i = 0; i < 3; i++) {
                assertThat(half.symbols())
                        .isEqualTo(new QueryResult<>(List.of(SYMBOL), Set.of(Store.MYSQL)));
            }
        }
    }

    @Test
    void whatIsNoSymbolReachesNoStore() {
        for (String symbol : List.of("", "btc", "A B", "A{B}", "'--", "A".repeat(33))) {
            assertThatThrownBy(() -> query.range(symbol, MINUTE, Range.newest(1)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** After a store was found to hang it is left alone for a moment. */
    private void assertAnsweredAtOnce() {
        long start = System.nanoTime();
        query.range(SYMBOL, MINUTE, Range.newest(5));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(900));
    }

    private void assertNobodyAnswers() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> query.range(SYMBOL, MINUTE, Range.newest(5)))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("REDIS")
                .hasMessageContaining("MYSQL");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
    }

    private void assertRange(Range range, List<Candle> expected, Set<Store> missing) {
        long start = System.nanoTime();
        QueryResult<List<Candle>> answer = query.range(SYMBOL, MINUTE, range);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        assertThat(answer.value().stream().map(NaiveCandles::plain)).isEqualTo(expected);
        assertThat(answer.missing()).isEqualTo(missing);
        assertThat(time).isLessThan(BOUND);
    }

    private static List<Candle> newest(int count) {
        return all.subList(all.size() - count, all.size());
    }

    private static List<Candle> closed(int count) {
        return all.subList(all.size() - 1 - count, all.size() - 1);
    }

    private static void signal(String name, ServerProcess server)
            throws IOException, InterruptedException {
        String pid = Long.toString(server.process().orElseThrow().pid());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }
}
