package io.kline.testing;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import io.kline.store.redis.RedisKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.args.ClusterResetType;
import redis.clients.jedis.params.MigrateParams;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real Redis Cluster of three masters; the first one has a replica, which is node 3. */
public final class RedisCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int[] FIRST_SLOT = {0, 5461, 10923, 16384};

    private final List<TestRedis> nodes = new ArrayList<>();
    private final List<Jedis> clients = new ArrayList<>();

    private final RedisBinary binary;
    private final PrivateCa authority;

    private RedisCluster(RedisBinary binary, PrivateCa authority) {
        this.binary = binary;
        this.authority = authority;
    }

    /** Starts one, and waits until every node knows it. */
    public static RedisCluster started() throws Exception {
        return started(RedisBinary.EMBEDDED, null);
    }

    /**
     * Starts one of a version, and waits until every node knows it.
     *
     * @param authority whose certificate the nodes have, or null for nodes without TLS
     */
    public static RedisCluster started(RedisBinary binary, PrivateCa authority) throws Exception {
        RedisCluster cluster = new RedisCluster(binary, authority);
        try {
            cluster.start();
        } catch (Exception | AssertionError e) {
            cluster.close();
            throw e;
        }
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
        return nodeOfKey(RedisKeys.latest(symbol, "1m"));
    }

    /** The master of a key. */
    public static int nodeOfKey(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        return IntStream.range(0, 3)
                .filter(i -> slot < FIRST_SLOT[i + 1])
                .findFirst()
                .orElseThrow();
    }

    /** Begins to move the slot of a symbol: keys that are not there are the other node's. */
    public void beginMove(String symbol, int from, int to) {
        int slot = slot(symbol);
        clients.get(to).clusterSetSlotImporting(slot, clients.get(from).clusterMyId());
        clients.get(from).clusterSetSlotMigrating(slot, clients.get(to).clusterMyId());
    }

    /** Moves the keys of the slot, which stays where it is. */
    public void moveKeys(String symbol, int from, int to) {
        int slot = slot(symbol);
        List<String> keys = clients.get(from).clusterGetKeysInSlot(slot, 100);
        if (!keys.isEmpty()) {
            clients.get(from)
                    .migrate(
                            "127.0.0.1",
                            nodes.get(to).servedPort(),
                            5_000,
                            MigrateParams.migrateParams(),
                            keys.toArray(String[]::new));
        }
    }

    /** Moves the keys of the slot, and the slot. */
    public void finishMove(String symbol, int from, int to) {
        moveKeys(symbol, from, to);
        int slot = slot(symbol);
        String target = clients.get(to).clusterMyId();
        clients.get(to).clusterSetSlotNode(slot, target);
        clients.get(from).clusterSetSlotNode(slot, target);
    }

    /** Waits until the replica has what the first master has. */
    public void awaitReplication() throws Exception {
        Await.until(
                PATIENCE,
                "replication",
                () -> clients.get(0).sendCommand(Command.WAIT, "1", "1000").equals(1L));
    }

    /** The replica takes the place of the first master, which lives on as its replica. */
    public void failOver() throws Exception {
        awaitReplication();
        failOver(0, 3);
    }

    /** A replica takes the place of its master. Where a node turns it down it is asked again. */
    public void failOver(int from, int to) throws Exception {
        Await.until(
                PATIENCE,
                "fail-over",
                () -> {
                    if (!isMaster(to)) {
                        clients.get(to).clusterFailover();
                        TimeUnit.SECONDS.sleep(1);
                    }
                    return isMaster(to) && !isMaster(from);
                });
    }

    /** Whether a node is a master of a Cluster that works. */
    public boolean isMaster(int node) {
        return clients.get(node).info("replication").contains("role:master")
                && clients.get(node).clusterInfo().contains("cluster_state:ok");
    }

    /** Takes a node without slots out of the Cluster. It goes on answering, on its own. */
    public void remove(int node) {
        String id = clients.get(node).clusterMyId();
        for (int i = 0; i < clients.size(); i++) {
            if (i != node) {
                clients.get(i).clusterForget(id);
            }
        }
        clients.get(node).clusterReset(ClusterResetType.HARD);
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
                            binary,
                            authority,
                            "--cluster-enabled",
                            "yes",
                            "--cluster-announce-ip",
                            "127.0.0.1",
                            "--cluster-node-timeout",
                            "2000",
                            "--cluster-require-full-coverage",
                            "no");
            nodes.add(node);
            clients.add(node.client());
        }
        for (int i = 0; i < 3; i++) {
            clients.get(i)
                    .clusterAddSlots(IntStream.range(FIRST_SLOT[i], FIRST_SLOT[i + 1]).toArray());
            clients.get(0).clusterMeet("127.0.0.1", nodes.get(i + 1).servedPort());
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
