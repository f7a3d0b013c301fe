package io.kline.sink.redis;

import static io.kline.testing.Candles.candle;
import static io.kline.testing.RedisCluster.slot;
import static io.kline.testing.RedisCluster.symbolOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.RedisBinary;
import io.kline.testing.RedisCluster;
import io.kline.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.args.ClientType;
import redis.clients.jedis.params.ClientKillParams;
import redis.clients.jedis.params.MigrateParams;

/** Three masters; the first one has a replica. */
@ParameterizedClass
@EnumSource
@Timeout(240)
class RedisClusterITCase {

    private final RedisBinary binary;

    private RedisCluster cluster;
    private List<TestRedis> nodes;
    private List<Jedis> clients;

    RedisClusterITCase(RedisBinary binary) {
        this.binary = binary;
    }

    @BeforeEach
    void start() throws Exception {
        cluster = RedisCluster.started(binary, null);
        nodes = cluster.nodes();
        clients = cluster.clients();
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void symbolsOfAllNodesAreWritten() throws Exception {
        try (TestWriter test = TestWriter.to(settings())) {
            for (int i = 0; i < 3; i++) {
                test.write(candle(symbolOf(i), "1m", 1, 3), candle(symbolOf(i), "1m", 2, 1));
            }
            test.writer.flush(true);

            for (int i = 0; i < 3; i++) {
                assertThat(latest(i, symbolOf(i))).isEqualTo(candle(symbolOf(i), "1m", 2, 1));
                assertThat(clients.get(i).zcard(RedisKeys.history(symbolOf(i), "1m"))).isEqualTo(1);
            }
            assertThat(test.metrics.retried.getCount()).isZero();
            assertThat(test.metrics.reconnects.getCount()).isZero();
        }
    }

    @Test
    void movedSlotIsFollowedDuringAndAfterTheMove() throws Exception {
        String symbol = symbolOf(0);
        int slot = slot(symbol);
        String from = clients.get(0).clusterMyId();
        String to = clients.get(1).clusterMyId();
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(symbol, "1m", 0, 1), candle(symbol, "1m", 1, 1));
            clients.get(1).clusterSetSlotImporting(slot, from);
            clients.get(0).clusterSetSlotMigrating(slot, to);
            test.writeAll(candle(symbol, "1m", 1, 2));
            assertThat(latest(0, symbol)).isEqualTo(candle(symbol, "1m", 1, 2));

            List<String> keys = clients.get(0).clusterGetKeysInSlot(slot, 100);
            clients.get(0)
                    .migrate(
                            "127.0.0.1",
                            nodes.get(1).port(),
                            5_000,
                            MigrateParams.migrateParams(),
                            keys.toArray(String[]::new));
            test.writeAll(candle(symbol, "1m", 1, 3));
            assertThat(test.metrics.retried.getCount()).isZero();

            // No node can execute a script of several keys while some are missing.
            test.write(candle(symbol, "1h", 0, 5));
            test.until("refusals", () -> test.metrics.retried.getCount() >= 1);

            clients.get(1).clusterSetSlotNode(slot, to);
            clients.get(0).clusterSetSlotNode(slot, to);
            test.writeAll(candle(symbol, "1m", 2, 1), candle(symbolOf(2), "1m", 2, 1));

            assertThat(latest(1, symbol)).isEqualTo(candle(symbol, "1m", 2, 1));
            assertThat(clients.get(1).exists(RedisKeys.latest(symbol, "1h"))).isTrue();
            assertThat(latest(2, symbolOf(2))).isEqualTo(candle(symbolOf(2), "1m", 2, 1));
            assertThat(test.metrics.blocked.getCount()).isZero();
            assertThat(test.metrics.reconnects.getCount()).isZero();
        }
    }

    @Test
    void deadNodeStopsItsSymbolsOnly() throws Exception {
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(symbolOf(1), "1m", 1, 1), candle(symbolOf(2), "1m", 1, 1));
            nodes.get(1).kill();

            for (int n = 2; n <= 6; n++) {
                Candle alive = candle(symbolOf(2), "1m", 1, n);
                test.write(candle(symbolOf(1), "1m", 1, n), alive);
                test.until("the other node", () -> latest(2, symbolOf(2)).equals(alive));
            }

            assertThat(test.state()).contains(candle(symbolOf(1), "1m", 1, 6));
        }
    }

    /** Its connection stands, and the batch that it has is not answered. */
    @Test
    void nodeThatHangsDelaysItsSymbolsOnly() throws Exception {
        String hanging = symbolOf(1);
        String alive = symbolOf(2);
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(hanging, "1m", 1, 1), candle(alive, "1m", 1, 1));
            test.writeAll(candle(hanging, "1m", 1, 2), candle(alive, "1m", 1, 2));
            nodes.get(1).pause();

            long begin = System.nanoTime();
            test.write(candle(hanging, "1m", 1, 3));
            for (int n = 3; n <= 12; n++) {
                Candle next = candle(alive, "1m", 1, n);
                test.write(next);
                test.until("the other node", () -> latest(2, alive).equals(next));
            }
            long most = Duration.ofNanos(System.nanoTime() - begin).toSeconds() / 2;
            assertThat(test.metrics.retried.getCount())
                    .as("batches given up meanwhile, after 2 s each")
                    .isLessThanOrEqualTo(most);
            assertThat(test.state()).contains(candle(hanging, "1m", 1, 3));

            // Given up, tried again, and still nobody else waits.
            test.until("given up", () -> test.metrics.retried.getCount() >= 2);
            test.write(candle(hanging, "1m", 2, 1), candle(alive, "1m", 2, 1));
            test.until("the other", () -> latest(2, alive).equals(candle(alive, "1m", 2, 1)));
            nodes.get(1).resume();
            test.writer.flush(true);

            assertThat(latest(1, hanging)).isEqualTo(candle(hanging, "1m", 2, 1));
            assertThat(clients.get(1).zrange(RedisKeys.history(hanging, "1m"), 0, -1))
                    .containsExactly(KlineJson.write(candle(hanging, "1m", 1, 3)));
        }
    }

    @Test
    void masterThatHangsIsReplacedAndNothingGoesBackWhenItGoesOn() throws Exception {
        String symbol = symbolOf(0);
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(symbol, "1m", 1, 1), candle(symbolOf(2), "1m", 1, 1));
            cluster.awaitReplication();
            nodes.get(0).pause();

            test.write(candle(symbol, "1m", 1, 2), candle(symbol, "1m", 2, 1));
            test.writer.flush(true);
            assertThat(latest(3, symbol)).isEqualTo(candle(symbol, "1m", 2, 1));
            nodes.get(0).resume();
            Await.until("replica", () -> isLinked(clients.get(0)));
            test.writeAll(candle(symbol, "1m", 2, 2));

            assertThat(latest(3, symbol)).isEqualTo(candle(symbol, "1m", 2, 2));
            assertThat(clients.get(3).zrange(RedisKeys.history(symbol, "1m"), 0, -1))
                    .containsExactly(KlineJson.write(candle(symbol, "1m", 1, 2)));
        }
    }

    /** Nothing is written meanwhile, so no node sends the writer away. */
    @Test
    void masterThatWasAReplicaForAMomentGetsEverythingAgain() throws Exception {
        String active = symbolOf(0);
        String quiet = "Q" + symbolOf(s -> RedisCluster.nodeOf("Q" + s) == 0);
        Jedis first = clients.get(0);
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(active, "1m", 1, 1), candle(quiet, "1m", 1, 1));
            cluster.failOver(0, 3);
            Await.until("replication", () -> isLinked(first));
            clients.get(3).del(RedisKeys.latest(quiet, "1m"));
            cluster.failOver(3, 0);
            assertThat(first.exists(RedisKeys.latest(quiet, "1m"))).isFalse();

            for (int n = 2; !first.exists(RedisKeys.latest(quiet, "1m")); n++) {
                test.writeAll(candle(active, "1m", 1, n));
            }

            assertThat(test.metrics.reconnects.getCount()).isEqualTo(1);
        }
    }

    @Test
    void replicaThatTakesOverGetsEverythingAgain() throws Exception {
        String active = symbolOf(0);
        String quiet = "Q" + symbolOf(s -> RedisCluster.nodeOf("Q" + s) == 0);
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(active, "1m", 1, 1), candle(quiet, "1m", 1, 1));
            Await.until("replication", () -> clients.get(3).dbSize() == clients.get(0).dbSize());
            nodes.get(0).kill();
            // What asynchronous replication may lose.
            Await.until("fail-over", () -> isMaster(clients.get(3)));
            clients.get(3).del(RedisKeys.latest(quiet, "1m"));

            test.writeAll(candle(active, "1m", 1, 2));

            assertThat(latest(3, active)).isEqualTo(candle(active, "1m", 1, 2));
            assertThat(latest(3, quiet)).isEqualTo(candle(quiet, "1m", 1, 1));
        }
    }

    /** Over the same connection, which shows nothing of what the other one had acknowledged. */
    @Test
    void masterThatTakesBackGetsEverythingAgain() throws Exception {
        String active = symbolOf(0);
        String quiet = "Q" + symbolOf(s -> RedisCluster.nodeOf("Q" + s) == 0);
        Jedis first = clients.get(0);
        Jedis second = clients.get(3);
        try (TestWriter test = TestWriter.to(settings())) {
            test.writeAll(candle(active, "1m", 1, 1), candle(quiet, "1m", 1, 1));
            Await.until("replication", () -> second.dbSize() == first.dbSize());
            cluster.failOver(0, 3);
            Await.until("replication", () -> isLinked(first));
            test.writeAll(candle(active, "1m", 1, 2));
            // What the second one acknowledges from now on never comes to the first one.
            first.configSet("masterauth", "wrong");
            second.clientKill(ClientKillParams.clientKillParams().type(ClientType.REPLICA));
            Await.until("no replication", () -> !isLinked(first));
            test.writeAll(candle(quiet, "1m", 1, 7), candle(active, "1m", 1, 3));
            nodes.get(3).kill();
            Await.until("fail-over back", () -> isMaster(first));

            test.writeAll(candle(active, "1m", 1, 4));

            test.until("the other", () -> latest(0, quiet).equals(candle(quiet, "1m", 1, 7)));
        }
    }

    private static boolean isLinked(Jedis client) {
        return client.info("replication").contains("master_link_status:up");
    }

    private RedisSettings settings() {
        return cluster.settings(TestWriter.HISTORY);
    }

    private Candle latest(int node, String symbol) {
        return KlineJson.read(clients.get(node).get(RedisKeys.latest(symbol, "1m")));
    }

    private static boolean isMaster(Jedis client) {
        return client.info("replication").contains("role:master")
                && client.clusterInfo().contains("cluster_state:ok");
    }
}
