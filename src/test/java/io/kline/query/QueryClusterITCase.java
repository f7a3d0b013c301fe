package io.kline.query;

import static io.kline.testing.RedisCluster.slot;
import static io.kline.testing.RedisCluster.symbolOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.CandleStores;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RedisCluster;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.MigrateParams;

/** All masters are asked, moved slots are followed, a dead node silences its own symbols only. */
@Timeout(240)
class QueryClusterITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Interval MINUTE = Interval.parse("1m", ZoneOffset.UTC);
    private static final long END = Trades.at("2025-03-04T00:05:30Z");

    @Test
    void clusterIsReadWhileSlotsMoveAndNodesDie() throws Exception {
        try (RedisCluster cluster = RedisCluster.started();
                CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                CandleQuery query =
                        CandleQuery.open(
                                CandleStores.settings(
                                        cluster.settings(100), stores.settings().mysql()),
                                () -> Instant.ofEpochMilli(END))) {
            for (int node = 0; node < 3; node++) {
                fill(cluster.clients().get(node), candles(symbolOf(node)));
            }
            for (int node = 0; node < 3; node++) {
                cluster.clients().get(0).sadd(RedisKeys.SYMBOLS, symbolOf(node));
            }
            assertAllThere(query);
            assertIsWhereTheClusterHasIt("币安人生USDT", cluster, query);

            move(cluster, symbolOf(0));
            assertAllThere(query);

            // It has no replica, and neither the moved symbol nor the set of symbols.
            int dead = 2;
            List<Candle> ofDead = candles(symbolOf(dead));
            stores.toMysql(ofDead.subList(0, 5));
            cluster.nodes().get(dead).kill();
            Await.until(
                    PATIENCE,
                    () -> {
                        QueryResult<List<Candle>> latest = query.latestOfAll(MINUTE);
                        assertThat(latest.missing()).containsExactly(Store.REDIS);
                        assertThat(latest.value()).hasSize(3);
                        assertThat(latest.value().stream().map(Candle::openTime))
                                .containsOnlyOnce(ofDead.get(4).openTime());
                    });
            QueryResult<List<Candle>> range = query.range(symbolOf(dead), MINUTE, Range.newest(3));
            assertThat(range.missing()).containsExactly(Store.REDIS);
            assertThat(range.value()).hasSize(3);
            assertThat(query.health().get(Store.REDIS).up()).isFalse();
        }
    }

    /** Its connections stand, and a question to it waits. */
    @Test
    void nodeThatHangsKeepsOnlyItsSymbolsWaiting() throws Exception {
        ExecutorService asker = Executors.newSingleThreadExecutor();
        try (RedisCluster cluster = RedisCluster.started();
                CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                CandleQuery query =
                        CandleQuery.open(
                                new QuerySettings(
                                        cluster.settings(100),
                                        stores.settings().mysql(),
                                        CandleStores.INTERVALS,
                                        ZoneOffset.UTC,
                                        Duration.ofSeconds(20),
                                        4,
                                        4),
                                () -> Instant.ofEpochMilli(END))) {
            for (int node = 0; node < 3; node++) {
                fill(cluster.clients().get(node), candles(symbolOf(node)));
                query.range(symbolOf(node), MINUTE, Range.newest(3));
            }
            cluster.nodes().get(2).pause();
            Future<QueryResult<List<Candle>>> waiting =
                    asker.submit(() -> query.range(symbolOf(2), MINUTE, Range.newest(3)));
            for (int node = 0; node < 2; node++) {
                QueryResult<List<Candle>> answer =
                        query.range(symbolOf(node), MINUTE, Range.newest(3));
                assertThat(answer.missing()).isEmpty();
                assertThat(answer.value()).hasSize(3);
            }
            assertThat(waiting).isNotDone();
            cluster.nodes().get(2).resume();
            assertThat(waiting.get(20, TimeUnit.SECONDS).missing()).isEmpty();
        } finally {
            asker.shutdownNow();
        }
    }

    /** Their connections stand, and questions to them wait at the same time. */
    @Test
    void nodesThatHangAreWaitedForOnce() throws Exception {
        Duration timeout = Duration.ofSeconds(5);
        try (RedisCluster cluster = RedisCluster.started();
                CandleStores stores =
                        new CandleStores(Servers.redis().address(), Servers.newDatabase());
                CandleQuery query =
                        CandleQuery.open(
                                new QuerySettings(
                                        cluster.settings(100),
                                        stores.settings().mysql(),
                                        CandleStores.INTERVALS,
                                        ZoneOffset.UTC,
                                        timeout,
                                        4,
                                        4),
                                () -> Instant.ofEpochMilli(END))) {
            int alive = RedisCluster.nodeOfKey(RedisKeys.SYMBOLS);
            for (int node = 0; node < 3; node++) {
                fill(cluster.clients().get(node), candles(symbolOf(node)));
                cluster.clients().get(alive).sadd(RedisKeys.SYMBOLS, symbolOf(node));
                // The one that is left goes on answering.
                cluster.clients().get(node).configSet("cluster-node-timeout", "60000");
            }
            assertAllThere(query);
            for (int node = 0; node < 3; node++) {
                if (node != alive) {
                    cluster.nodes().get(node).pause();
                }
            }
            long begin = System.nanoTime();
            QueryResult<List<Candle>> latest = query.latestOfAll(MINUTE);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(timeout, timeout.multipliedBy(2).minusSeconds(1));
            assertThat(latest.missing()).containsExactly(Store.REDIS);
            assertThat(latest.value().stream().map(Candle::symbol))
                    .containsExactly(symbolOf(alive));
            begin = System.nanoTime();
            assertThat(query.health().get(Store.REDIS).up()).isFalse();
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(timeout.multipliedBy(2).minusSeconds(1));
        }
    }

    private static void assertAllThere(CandleQuery query) {
        QueryResult<List<Candle>> latest = query.latestOfAll(MINUTE);
        assertThat(latest.missing()).isEmpty();
        assertThat(latest.value().stream().map(Candle::symbol))
                .containsExactlyInAnyOrder(symbolOf(0), symbolOf(1), symbolOf(2));
        for (int node = 0; node < 3; node++) {
            List<Candle> candles = candles(symbolOf(node));
            QueryResult<List<Candle>> range =
                    query.range(symbolOf(node), MINUTE, new Range(null, null, 6));
            assertThat(range.missing()).isEqualTo(Set.of());
            assertThat(range.value().stream().map(NaiveCandles::plain)).isEqualTo(candles);
        }
        assertThat(query.health().get(Store.REDIS).up()).isTrue();
    }

    private static void assertIsWhereTheClusterHasIt(
            String symbol, RedisCluster cluster, CandleQuery query) {
        String key = RedisKeys.latest(symbol, "1m");
        assertThat((long) slot(symbol)).isEqualTo(cluster.clients().get(0).clusterKeySlot(key));
        fill(cluster.clients().get(RedisCluster.nodeOf(symbol)), candles(symbol));
        assertThat(
                        query.range(symbol, MINUTE, Range.newest(3)).value().stream()
                                .map(Candle::symbol))
                .containsExactly(symbol, symbol, symbol);
    }

    /** Moves a slot from the first master to the second, without notifying the query. */
    private static void move(RedisCluster cluster, String symbol) {
        Jedis from = cluster.clients().get(0);
        Jedis to = cluster.clients().get(1);
        int slot = slot(symbol);
        String target = to.clusterMyId();
        to.clusterSetSlotImporting(slot, from.clusterMyId());
        from.clusterSetSlotMigrating(slot, target);
        from.migrate(
                "127.0.0.1",
                cluster.nodes().get(1).port(),
                5_000,
                MigrateParams.migrateParams(),
                from.clusterGetKeysInSlot(slot, 100).toArray(String[]::new));
        to.clusterSetSlotNode(slot, target);
        from.clusterSetSlotNode(slot, target);
    }

    private static void fill(Jedis node, List<Candle> candles) {
        for (Candle candle : candles) {
            String text = KlineJson.write(candle);
            if (candle.closed()) {
                node.zadd(RedisKeys.history(candle.symbol(), "1m"), candle.openTime(), text);
            } else {
                node.set(RedisKeys.latest(candle.symbol(), "1m"), text);
            }
        }
    }

    /** Six minutes, the last one forming. */
    private static List<Candle> candles(String symbol) {
        return NaiveCandles.of(
                List.of(
                        Trades.trade(symbol, 1, "2025-03-04T00:00:01Z", "1.5"),
                        Trades.trade(symbol, 2, "2025-03-04T00:04:01Z", "2.5")),
                MINUTE,
                END,
                END);
    }
}
