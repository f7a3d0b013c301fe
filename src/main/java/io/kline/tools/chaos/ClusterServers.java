package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.args.ClusterResetType;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.MigrateParams;

/** A Redis Cluster of three masters; the fourth node is a replica of the first. */
final class ClusterServers implements RedisServers {

    private static final int MASTERS = 3;
    private static final int MOST_KEYS = 10_000;
    private static final int TIMEOUT_MILLIS = 5_000;

    private final List<RedisNode> nodes;

    /**
     * @param firstPort four are taken, and the four from the tenth on
     */
    ClusterServers(Path folder, int firstPort) {
        nodes =
                IntStream.range(0, MASTERS + 1)
                        .mapToObj(
                                number ->
                                        RedisNode.server(
                                                "redis-" + (number + 1),
                                                firstPort + number,
                                                folder.resolve("redis-" + (number + 1)),
                                                "--cluster-enabled",
                                                "yes",
                                                "--cluster-port",
                                                Integer.toString(firstPort + 10 + number),
                                                "--cluster-node-timeout",
                                                "3000",
                                                "--cluster-require-full-coverage",
                                                "no"))
                        .toList();
    }

    @Override
    public void start() {
        nodes.parallelStream().forEach(ServerProcess::start);
        if (slotsOf(nodes.get(0)).isEmpty() && slotsOf(nodes.get(MASTERS)).isEmpty()) {
            for (int i = 0; i < MASTERS; i++) {
                int[] slots = slotsOfNew(i);
                try (Jedis jedis = nodes.get(i).jedis()) {
                    jedis.clusterAddSlots(slots);
                }
            }
            nodes.subList(1, nodes.size()).forEach(this::meet);
            awaitAgreement();
            try (Jedis jedis = nodes.get(MASTERS).jedis()) {
                jedis.clusterReplicate(id(nodes.get(0)));
            }
            nodes.get(MASTERS).awaitReplication("master_link_status:up");
        }
        awaitAgreement();
    }

    private static int[] slotsOfNew(int master) {
        int size = Protocol.CLUSTER_HASHSLOTS;
        return IntStream.range(master * size / MASTERS, (master + 1) * size / MASTERS).toArray();
    }

    /** Waits until all nodes know each other and all slots. */
    void awaitAgreement() {
        for (RedisNode node : nodes) {
            node.await(
                    "knows the Cluster",
                    jedis ->
                            jedis.clusterInfo().contains("cluster_state:ok")
                                    && jedis.clusterInfo()
                                            .contains(
                                                    "cluster_slots_ok:"
                                                            + Protocol.CLUSTER_HASHSLOTS)
                                    && jedis.clusterNodes().lines().count() == nodes.size());
        }
    }

    /** A node, from 0. */
    RedisNode node(int number) {
        return nodes.get(number);
    }

    /** The master among the first and the fourth node. */
    RedisNode masterWithReplica() {
        return List.of(nodes.get(0), nodes.get(MASTERS)).stream()
                .filter(node -> !slotsOf(node).isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** The masters that have slots. */
    List<RedisNode> masters() {
        return nodes.stream().filter(node -> !slotsOf(node).isEmpty()).toList();
    }

    /** The slots of a node, as it knows them. */
    List<Integer> slotsOf(RedisNode node) {
        try (Jedis jedis = node.jedis()) {
            String id = jedis.clusterMyId();
            Object all = jedis.sendCommand(Protocol.Command.CLUSTER, "SLOTS");
            return ((List<?>) all)
                    .stream()
                            .map(range -> (List<?>) range)
                            .filter(range -> id.equals(text(((List<?>) range.get(2)).get(2))))
                            .flatMap(
                                    range ->
                                            IntStream.rangeClosed(
                                                            ((Long) range.get(0)).intValue(),
                                                            ((Long) range.get(1)).intValue())
                                                    .boxed())
                            .toList();
        }
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.US_ASCII);
    }

    /** Moves slots with their keys to another master, one after the other. */
    void move(List<Integer> slots, RedisNode from, RedisNode to) {
        String source = id(from);
        String target = id(to);
        List<RedisNode> masters = masters();
        try (Jedis giving = from.jedis();
                Jedis taking = to.jedis()) {
            for (int slot : slots) {
                taking.clusterSetSlotImporting(slot, source);
                giving.clusterSetSlotMigrating(slot, target);
                List<String> keys = giving.clusterGetKeysInSlot(slot, MOST_KEYS);
                for (String key : keys) {
                    // One at a time: calls meet a slot that is on both nodes.
                    giving.migrate(
                            Ports.LOOPBACK,
                            to.port(),
                            TIMEOUT_MILLIS,
                            MigrateParams.migrateParams(),
                            key);
                }
                taking.clusterSetSlotNode(slot, target);
                given(giving, slot, target);
            }
        }
        for (RedisNode other : masters) {
            if (other != from && other != to) {
                try (Jedis jedis = other.jedis()) {
                    slots.forEach(slot -> jedis.clusterSetSlotNode(slot, target));
                }
            }
        }
    }

    /**
     * Without its last slot a master becomes a replica of the new owner, perhaps before it is
     * notified.
     */
    private static void given(Jedis giving, int slot, String target) {
        try {
            giving.clusterSetSlotNode(slot, target);
        } catch (JedisDataException e) {
            if (!e.getMessage().contains("only with masters")) {
                throw e;
            }
        }
    }

    /** All nodes but one forget it, and it forgets them; it lives on. */
    void remove(RedisNode node) {
        String id = id(node);
        for (RedisNode other : nodes) {
            if (other != node) {
                try (Jedis jedis = other.jedis()) {
                    jedis.clusterForget(id);
                }
            }
        }
        try (Jedis jedis = node.jedis()) {
            jedis.clusterReset(ClusterResetType.HARD);
        }
    }

    /** Makes a node a part of the Cluster. */
    void meet(RedisNode node) {
        for (RedisNode other : nodes) {
            if (other != node) {
                try (Jedis jedis = other.jedis()) {
                    jedis.sendCommand(
                            Protocol.Command.CLUSTER,
                            "MEET",
                            Ports.LOOPBACK,
                            Integer.toString(node.port()),
                            Integer.toString(node.port() + 10));
                } catch (JedisException e) {
                    throw new IllegalStateException(other.name() + ": " + e.getMessage(), e);
                }
            }
        }
    }

    private static String id(RedisNode node) {
        try (Jedis jedis = node.jedis()) {
            return jedis.clusterMyId();
        }
    }

    /** Which of the masters has a slot; empty if none says so. */
    Optional<RedisNode> masterOf(int slot) {
        return nodes.stream().filter(node -> slotsOf(node).contains(slot)).findFirst();
    }

    @Override
    public List<RedisNode> processes() {
        return nodes;
    }

    @Override
    public RedisSettings settings() {
        return RedisServers.settings(
                RedisSettings.Mode.CLUSTER,
                nodes.stream().map(ServerProcess::address).toList(),
                null);
    }
}
