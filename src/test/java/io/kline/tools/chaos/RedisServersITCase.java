package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kline.tools.stack.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The topologies that scenarios break: they do what is asked of them, and come back. */
class RedisServersITCase {

    private static final int FIRST_PORT = 17_700;

    @TempDir private Path folder;

    private RedisServers servers;

    @BeforeEach
    void needsRedis() {
        assumeTrue(Setup.CLUSTER.obstacle().isEmpty(), () -> Setup.CLUSTER.obstacle().get());
    }

    @AfterEach
    void stop() {
        if (servers != null) {
            servers.processes().forEach(ServerProcess::kill);
        }
    }

    @Test
    void sentinelsNameTheReplicaWhenTheMasterIsKilled() {
        SentinelServers redis = new SentinelServers(folder, FIRST_PORT);
        servers = redis;
        redis.start();
        RedisNode master = redis.master();
        RedisNode replica = redis.replica();
        assertThat(replica).isNotSameAs(master);

        master.kill();
        replica.awaitReplication("role:master");
        master.start();
        master.awaitReplication("master_link_status:up");

        assertThat(redis.master()).isSameAs(replica);
        redis.start();
        assertThat(redis.master()).isSameAs(replica);
    }

    @Test
    void slotsMoveWithTheirKeysAndBack() {
        ClusterServers redis = cluster();
        List<String> keys = IntStream.range(0, 500).mapToObj(i -> "key" + i).toList();
        try (RedisClusterClient client = client(redis)) {
            keys.forEach(key -> client.set(key, key));
            List<Integer> slots =
                    redis.slotsOf(redis.node(1)).stream().filter(slot -> slot % 50 == 0).toList();

            redis.move(slots, redis.node(1), redis.node(2));

            assertThat(redis.slotsOf(redis.node(2))).containsAll(slots);
            redis.awaitAgreement();
            assertThat(keys).allMatch(key -> key.equals(client.get(key)));

            redis.move(slots, redis.node(2), redis.node(1));

            redis.awaitAgreement();
            assertThat(redis.slotsOf(redis.node(1))).containsAll(slots);
            assertThat(keys).allMatch(key -> key.equals(client.get(key)));
        }
    }

    @Test
    void aNodeThatIsForgottenLivesOnAndComesBack() {
        ClusterServers redis = cluster();
        RedisNode node = redis.node(2);
        List<Integer> slots = redis.slotsOf(node);
        String key = keyIn(slots);
        try (RedisClusterClient client = client(redis)) {
            client.set(key, "kept");
            redis.move(slots, node, redis.node(1));

            redis.remove(node);

            try (Jedis jedis = node.jedis()) {
                assertThat(jedis.ping()).isEqualTo("PONG");
                assertThat(jedis.clusterNodes().lines()).hasSize(1);
            }
            redis.meet(node);
            redis.awaitAgreement();
            redis.move(slots, redis.node(1), node);
            redis.awaitAgreement();
            assertThat(redis.slotsOf(node)).containsExactlyElementsOf(slots);
        }
        try (RedisClusterClient another = client(redis)) {
            assertThat(another.get(key)).isEqualTo("kept");
        }
    }

    @Test
    void theReplicaOfAKilledMasterTakesOver() {
        ClusterServers redis = cluster();
        RedisNode master = redis.masterWithReplica();
        List<Integer> slots = redis.slotsOf(master);

        master.kill();
        RedisNode replica = redis.node(3);
        replica.awaitReplication("role:master");
        master.start();
        redis.awaitAgreement();

        assertThat(redis.masterWithReplica()).isSameAs(replica);
        assertThat(redis.slotsOf(replica)).containsExactlyElementsOf(slots);
    }

    private ClusterServers cluster() {
        ClusterServers redis = new ClusterServers(folder, FIRST_PORT);
        servers = redis;
        redis.start();
        return redis;
    }

    private static RedisClusterClient client(ClusterServers redis) {
        return RedisClusterClient.builder()
                .nodes(Set.of(HostAndPort.from(redis.node(0).address())))
                .build();
    }

    private static String keyIn(List<Integer> slots) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "key" + i)
                .filter(key -> slots.contains(JedisClusterCRC16.getSlot(key)))
                .findFirst()
                .orElseThrow();
    }
}
