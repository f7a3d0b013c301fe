package io.kline.testing;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.store.redis.RedisKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real Redis Cluster of three masters; the first one has a replica, which is node 3. */
public final class RedisCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int[] FIRST_SLOT = {0, 5461, 10923, 16384};

    private final List<TestRedis> nodes = new ArrayList<>();
    private final List<Jedis> clients = new ArrayList<>();

    private RedisCluster() {}

    /** Starts one, and waits until every node knows it. */
    public static RedisCluster started() throws Exception {
        RedisCluster cluster = new RedisCluster();
        cluster.start();
        return cluster;
    }

    /** The servers. */
    public List<TestRedis> nodes() {
        return nodes;
    }

    /** A client of each node. */
    public List<Jedis> clients() {
        return clients;
    }

    public RedisSettings settings(int historySize) {
        return new RedisSettings(
                Mode.CLUSTER,
                List.of(nodes.get(0).node(), nodes.get(2).node()),
                null,
                null,
                null,
                false,
                historySize);
    }

    /** A symbol whose keys the master {@code node} has. */
    public static String symbolOf(int node) {
        return symbolOf(symbol -> nodeOf(symbol) == node);
    }

    /** A symbol that fits. */
    public static String symbolOf(Predicate<String> fits) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "SYM" + i)
                .filter(fits)
                .findFirst()
                .orElseThrow();
    }

    /** The slot of a symbol's keys. */
    public static int slot(String symbol) {
        return JedisClusterCRC16.getSlot(RedisKeys.latest(symbol, "1m"));
    }

    /** The master of a symbol's keys. */
    public static int nodeOf(String symbol) {
        int slot = slot(symbol);
        return IntStream.range(0, 3)
                .filter(i -> slot < FIRST_SLOT[i + 1])
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() {
        clients.forEach(Jedis::close);
        nodes.forEach(TestRedis::close);
    }

    private void start() throws Exception {
        for (int i = 0; i < 4; i++) {
            TestRedis node =
                    TestRedis.started(
                            "--cluster-enabled",
                            "yes",
                            "--cluster-announce-ip",
                            "127.0.0.1",
                            "--cluster-node-timeout",
                            "1000",
                            "--cluster-require-full-coverage",
                            "no");
            nodes.add(node);
            clients.add(node.client());
        }
        for (int i = 0; i < 3; i++) {
            clients.get(i)
                    .clusterAddSlots(IntStream.range(FIRST_SLOT[i], FIRST_SLOT[i + 1]).toArray());
            clients.get(0).clusterMeet("127.0.0.1", nodes.get(i + 1).port());
        }
        everywhere("slots", client -> client.clusterInfo().contains("cluster_slots_ok:16384"));
        everywhere("nodes", client -> client.clusterNodes().lines().count() == 4);
        clients.get(3).clusterReplicate(clients.get(0).clusterMyId());
        Await.until(
                PATIENCE,
                "replica",
                () -> clients.get(3).info("replication").contains("master_link_status:up"));
        everywhere("replica", client -> client.clusterNodes().contains("slave"));
        everywhere("state", client -> client.clusterInfo().contains("cluster_state:ok"));
    }

    private void everywhere(String what, Predicate<Jedis> condition) throws Exception {
        Await.until(PATIENCE, what, () -> clients.stream().allMatch(condition));
    }
}
