package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.tools.stack.Ports;
import io.kline.tools.stack.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/** A master, its replica, and three sentinels of which two have to agree. */
final class SentinelServers implements RedisServers {

    private static final String MASTER = "main";

    private final List<RedisNode> servers;
    private final List<RedisNode> sentinels;

    /**
     * @param firstPort five are taken
     */
    SentinelServers(Path folder, int firstPort) {
        servers =
                List.of(
                        RedisNode.server("redis-1", firstPort, folder.resolve("redis-1")),
                        RedisNode.server("redis-2", firstPort + 1, folder.resolve("redis-2")));
        sentinels =
                IntStream.rangeClosed(1, 3)
                        .mapToObj(
                                number ->
                                        RedisNode.sentinel(
                                                "sentinel-" + number,
                                                firstPort + 1 + number,
                                                folder.resolve("sentinel-" + number),
                                                watched(firstPort)))
                        .toList();
    }

    private static List<String> watched(int port) {
        return List.of(
                "sentinel monitor " + MASTER + " " + Ports.LOOPBACK + " " + port + " 2",
                "sentinel down-after-milliseconds " + MASTER + " 2000",
                "sentinel failover-timeout " + MASTER + " 6000");
    }

    @Override
    public void start() {
        boolean isNew = sentinels.stream().noneMatch(ServerProcess::isRunning);
        servers.forEach(ServerProcess::start);
        if (isNew) {
            try (Jedis jedis = servers.get(1).jedis()) {
                jedis.replicaof(Ports.LOOPBACK, servers.get(0).port());
            }
            servers.get(1).awaitReplication("master_link_status:up");
        }
        sentinels.forEach(ServerProcess::start);
        for (RedisNode sentinel : sentinels) {
            sentinel.await(
                    "knows the others",
                    jedis ->
                            jedis.sentinelReplicas(MASTER).size() == 1
                                    && jedis.sentinelSentinels(MASTER).size() == 2);
        }
    }

    /** The server that the sentinels name. */
    RedisNode master() {
        try (Jedis jedis = sentinels.get(0).jedis()) {
            int port = Integer.parseInt(jedis.sentinelGetMasterAddrByName(MASTER).get(1));
            return servers.stream().filter(node -> node.port() == port).findFirst().orElseThrow();
        }
    }

    /** The server that they do not name. */
    RedisNode replica() {
        RedisNode master = master();
        return servers.stream().filter(node -> node != master).findFirst().orElseThrow();
    }

    @Override
    public List<ServerProcess> processes() {
        return Stream.of(sentinels, servers)
                .flatMap(List::stream)
                .map(node -> (ServerProcess) node)
                .toList();
    }

    @Override
    public RedisSettings settings() {
        return RedisServers.settings(
                RedisSettings.Mode.SENTINEL,
                sentinels.stream().map(ServerProcess::address).toList(),
                MASTER);
    }
}
