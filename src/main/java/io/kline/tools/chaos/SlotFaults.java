package io.kline.tools.chaos;

import io.kline.store.redis.RedisKeys;
import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** Faults and changes of a Redis Cluster. */
final class SlotFaults {

    private static final Duration FAIL_OVER = Duration.ofSeconds(60);

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                                    "cluster-failover",
                                    5,
                                    "kill -9 a master; its replica takes over",
                                    SlotFaults::failOver)
                            .away(30)
                            .losing()
                            .on(Setup.CLUSTER),
                    Scenario.of(
                                    "slot-migration",
                                    10,
                                    "all symbols of a node move to another one, and back",
                                    SlotFaults::migration)
                            .on(Setup.CLUSTER),
                    Scenario.of(
                                    "node-removal",
                                    10,
                                    "a node gives away its slots, is forgotten, lives on, and"
                                            + " comes back",
                                    SlotFaults::removal)
                            .on(Setup.CLUSTER));

    private SlotFaults() {}

    private static void failOver(World world) throws Exception {
        ClusterServers redis = (ClusterServers) world.servers().redis();
        RedisNode master = redis.masterWithReplica();
        RedisNode replica = master == redis.node(0) ? redis.node(3) : redis.node(0);
        Set<Integer> slots = Set.copyOf(redis.slotsOf(master));
        world.pauses().away(symbol -> slots.contains(slotOf(symbol)));
        world.kill(master);
        Await.until(
                replica.name() + " takes over", FAIL_OVER, () -> redis.slotsOf(replica).size() > 0);
        world.sleep(Duration.ofSeconds(5));
        master.start();
        master.awaitReplication("master_link_status:up");
        redis.awaitAgreement();
    }

    private static void migration(World world) throws Exception {
        ClusterServers redis = (ClusterServers) world.servers().redis();
        List<Integer> slots = new ArrayList<>();
        Set<Integer> ofNode = Set.copyOf(redis.slotsOf(redis.node(1)));
        for (String symbol : symbols(redis)) {
            int slot = slotOf(symbol);
            if (ofNode.contains(slot) && !slots.contains(slot)) {
                slots.add(slot);
            }
        }
        redis.move(slots, redis.node(1), redis.node(2));
        world.sleep(Duration.ofSeconds(10));
        redis.move(slots, redis.node(2), redis.node(1));
        redis.awaitAgreement();
    }

    private static int slotOf(String symbol) {
        return JedisClusterCRC16.getSlot(RedisKeys.latest(symbol, "1m"));
    }

    private static Set<String> symbols(ClusterServers redis) {
        int slot = JedisClusterCRC16.getSlot(RedisKeys.SYMBOLS);
        try (Jedis jedis = redis.masterOf(slot).orElseThrow().jedis()) {
            return new TreeSet<>(jedis.smembers(RedisKeys.SYMBOLS));
        }
    }

    private static void removal(World world) throws Exception {
        ClusterServers redis = (ClusterServers) world.servers().redis();
        RedisNode node = redis.node(2);
        List<Integer> slots = redis.slotsOf(node);
        int half = slots.size() / 2;
        redis.move(slots.subList(0, half), node, redis.masterWithReplica());
        redis.move(slots.subList(half, slots.size()), node, redis.node(1));
        redis.remove(node);
        world.sleep(Duration.ofSeconds(20));
        redis.meet(node);
        redis.awaitAgreement();
        redis.move(slots.subList(0, half), redis.masterWithReplica(), node);
        redis.move(slots.subList(half, slots.size()), redis.node(1), node);
        redis.awaitAgreement();
    }
}
