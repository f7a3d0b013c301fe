package io.kline.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.CandleStores;
import io.kline.testing.NaiveCandles;
import io.kline.testing.Servers;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Ranges of stores with random contents, against the plain truth. */
class RangeITCase {

    private static final int CASES = 250;
    private static final int RANGES_PER_CASE = 20;
    private static final String NOBODY = "127.0.0.1:1";

    private static final AtomicLong NOW = new AtomicLong();
    private static CandleStores stores;
    private static CandleQuery both;
    private static CandleQuery withoutRedis;
    private static CandleQuery withoutMysql;

    @BeforeAll
    static void open() throws Exception {
        stores = new CandleStores(Servers.redis().address(), Servers.newDatabase());
        both = open(stores.settings());
        withoutRedis =
                open(CandleStores.settings(CandleStores.single(NOBODY), stores.settings().mysql()));
        withoutMysql =
                open(
                        CandleStores.settings(
                                stores.settings().redis(),
                                stores.login("jdbc:mysql://" + NOBODY + "/kline")));
        stores.redis.flushAll();
        for (long seed = 0; seed < CASES; seed++) {
            fill(new StoredCase(seed));
        }
    }

    private static void fill(StoredCase stored) throws SQLException {
        stores.toHistory(stored.history.values());
        if (stored.latest != null) {
            stores.toLatest(stored.latest);
        }
        stores.toMysql(stored.mysql.values());
    }

    private static CandleQuery open(QuerySettings settings) {
        return CandleQuery.open(settings, () -> Instant.ofEpochMilli(NOW.get()));
    }

    @AfterAll
    static void close() throws SQLException {
        both.close();
        withoutRedis.close();
        withoutMysql.close();
        stores.close();
    }

    @Test
    void rangeIsTheUnionOfBothStores() {
        forEachRange(
                (stored, range) -> {
                    QueryResult<List<Candle>> answer = ask(both, stored, range);

                    List<Candle> expected = StoredCase.select(stored.truth(), range);
                    assertThat(openTimes(answer.value())).isEqualTo(openTimes(expected));
                    TreeMap<Long, Candle> redis = stored.inRedis();
                    for (int i = 0; i < expected.size(); i++) {
                        Candle candle = answer.value().get(i);
                        // Where Redis has everything MySQL is not asked whether it has a higher
                        // version.
                        assertThat(plain(candle))
                                .isIn(
                                        plain(expected.get(i)),
                                        plain(redis.getOrDefault(candle.openTime(), candle)));
                    }
                    assertThat(answer.missing())
                            .isEqualTo(
                                    isWithoutHole(stored, expected)
                                            ? Set.of()
                                            : Set.of(Store.MYSQL));
                });
    }

    @Test
    void mysqlAloneAnswersWhatItHas() {
        forEachRange(
                (stored, range) -> {
                    QueryResult<List<Candle>> answer = ask(withoutRedis, stored, range);

                    assertThat(plain(answer.value()))
                            .isEqualTo(plain(StoredCase.select(stored.mysql, range)));
                    assertThat(answer.missing()).contains(Store.REDIS);
                });
    }

    @Test
    void redisAloneAnswersWhatItHasAndKnowsWhenThatIsAll() {
        int[] complete = new int[1];
        forEachRange(
                (stored, range) -> {
                    QueryResult<List<Candle>> answer = ask(withoutMysql, stored, range);

                    assertThat(openTimes(answer.value()))
                            .isEqualTo(openTimes(StoredCase.select(stored.inRedis(), range)));
                    if (answer.isComplete()) {
                        complete[0]++;
                        assertThat(openTimes(answer.value()))
                                .isEqualTo(openTimes(StoredCase.select(stored.truth(), range)));
                    } else {
                        assertThat(answer.missing()).containsExactly(Store.MYSQL);
                        assertThat(isCoveredByRedis(stored, range)).isFalse();
                    }
                });
        assertThat(complete[0]).isGreaterThan(CASES);
    }

    /** Whether Redis shows by itself that it lacks nothing of a range. */
    private static boolean isCoveredByRedis(StoredCase stored, Range range) {
        List<Candle> held = StoredCase.select(stored.inRedis(), range);
        boolean isNow = RedisCoverage.isCurrent(stored.latest, stored.now);
        return isNow
                && held.size() == range.limit()
                && range.start() == null
                && range.end() == null
                && isWithoutHole(stored, held);
    }

    private static QueryResult<List<Candle>> ask(
            CandleQuery query, StoredCase stored, Range range) {
        NOW.set(stored.now);
        return query.range(stored.symbol, stored.interval, range);
    }

    private static void forEachRange(Check check) {
        for (long seed = 0; seed < CASES; seed++) {
            StoredCase stored = new StoredCase(seed);
            for (int i = 0; i < RANGES_PER_CASE; i++) {
                Range range = stored.range();
                try {
                    check.check(stored, range);
                } catch (AssertionError e) {
                    throw new AssertionError("case " + seed + ", " + range, e);
                }
            }
        }
    }

    private static boolean isWithoutHole(StoredCase stored, List<Candle> candles) {
        for (int i = 1; i < candles.size(); i++) {
            long next = stored.interval.nextOpen(candles.get(i - 1).openTime());
            if (candles.get(i).openTime() != next) {
                return false;
            }
        }
        return true;
    }

    private static List<Long> openTimes(List<Candle> candles) {
        return candles.stream().map(Candle::openTime).toList();
    }

    private static Candle plain(Candle candle) {
        return NaiveCandles.plain(candle);
    }

    private static List<Candle> plain(List<Candle> candles) {
        return candles.stream().map(NaiveCandles::plain).toList();
    }

    private interface Check {
        void check(StoredCase stored, Range range);
    }
}
