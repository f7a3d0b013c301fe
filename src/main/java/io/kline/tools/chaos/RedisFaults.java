package io.kline.tools.chaos;

import io.kline.tools.stack.ServerKind;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;

/** Faults of Redis. */
final class RedisFaults {

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                            "redis-killed",
                            30,
                            "kill -9 Redis, which comes back with what its file has",
                            RedisFaults::killed),
                    Scenario.of(
                            "script-flush",
                            5,
                            "SCRIPT FLUSH, five times",
                            world -> fiveTimes(world, Jedis::scriptFlush)),
                    Scenario.of(
                            "client-kill",
                            5,
                            "CLIENT KILL of all connections, five times",
                            world ->
                                    fiveTimes(
                                            world,
                                            jedis ->
                                                    jedis.sendCommand(
                                                            Command.CLIENT,
                                                            "KILL",
                                                            "TYPE",
                                                            "normal"))),
                    Scenario.of(
                            "redis-full",
                            40,
                            "Redis has no memory left for 20 s",
                            RedisFaults::full),
                    Scenario.of(
                            "redis-readonly",
                            40,
                            "Redis is a replica of nobody that answers for 15 s: READONLY",
                            RedisFaults::readOnly));

    private RedisFaults() {}

    private interface Blow {
        void on(Jedis jedis);
    }

    private static void killed(World world) {
        world.kill(world.redis());
        world.start(ServerKind.REDIS);
    }

    private static void fiveTimes(World world, Blow blow) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Jedis jedis = world.jedis()) {
                blow.on(jedis);
            }
            world.sleep(Duration.ofSeconds(2));
        }
    }

    private static void full(World world) throws Exception {
        try (Jedis jedis = world.jedis()) {
            jedis.configSet("maxmemory", "1mb");
            world.sleep(Duration.ofSeconds(20));
            jedis.configSet("maxmemory", "0");
        }
    }

    private static void readOnly(World world) throws Exception {
        try (Jedis jedis = world.jedis()) {
            jedis.replicaof("127.0.0.1", 1);
            world.sleep(Duration.ofSeconds(15));
            jedis.replicaofNoOne();
        }
    }
}
