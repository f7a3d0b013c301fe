package io.kline.tools.chaos;

import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.Jedis;

/** Faults of a master that sentinels watch. */
final class SentinelFaults {

    private static final Duration FAIL_OVER = Duration.ofSeconds(60);

    static final List<Scenario> ALL =
            List.of(
                    Scenario.of(
                                    "sentinel-failover",
                                    30,
                                    "kill -9 the master; its replica takes over",
                                    world -> failOver(world, Duration.ZERO))
                            .losing()
                            .on(Setup.SENTINEL),
                    Scenario.of(
                                    "sentinel-lost-writes",
                                    30,
                                    "the same, and the replica has not seen the last 3 s",
                                    world -> failOver(world, Duration.ofSeconds(3)))
                            .losing()
                            .on(Setup.SENTINEL));

    private SentinelFaults() {}

    private static void failOver(World world, Duration lost) throws Exception {
        SentinelServers redis = (SentinelServers) world.servers().redis();
        RedisNode master = redis.master();
        RedisNode replica = redis.replica();
        if (!lost.isZero()) {
            // Sentinels let it be for 8 s; what the master acknowledges meanwhile goes with it.
            try (Jedis jedis = replica.jedis()) {
                jedis.replicaofNoOne();
            }
            world.sleep(lost);
        }
        world.kill(master);
        Await.until(replica.name() + " takes over", FAIL_OVER, () -> redis.master() == replica);
        world.sleep(Duration.ofSeconds(5));
        master.start();
        master.awaitReplication("master_link_status:up");
    }
}
