package io.kline.testing;

import io.kline.config.RedisSettings;
import io.kline.config.RedisSettings.Mode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Jedis;

/** A master, its replica, and the sentinel that watches both. */
public final class SentinelSet implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public final TestRedis master;
    public final TestRedis replica;
    public final TestRedis sentinel;

    private SentinelSet(RedisBinary binary, PrivateCa authority) {
        master = TestRedis.started(binary, authority);
        replica =
                TestRedis.started(
                        binary, authority, "--replicaof", "127.0.0.1", "" + master.servedPort());
        sentinel = TestRedis.started(binary, authority, "--sentinel");
    }

    /** One whose replica has all that the master has. */
    public static SentinelSet started() throws Exception {
        return started(RedisBinary.EMBEDDED, null);
    }

    /**
     * One of a version.
     *
     * @param authority whose certificate the servers have, or null for servers without TLS
     */
    public static SentinelSet started(RedisBinary binary, PrivateCa authority) throws Exception {
        SentinelSet set = new SentinelSet(binary, authority);
        try (Jedis guard = set.sentinel.client()) {
            guard.sentinelMonitor("main", "127.0.0.1", set.master.servedPort(), 1);
            // A fail-over that did not succeed is tried again after twice the latter.
            guard.sentinelSet(
                    "main", Map.of("down-after-milliseconds", "1000", "failover-timeout", "5000"));
            Await.until(PATIENCE, "replica", () -> guard.sentinelReplicas("main").size() == 1);
        }
        Await.until(PATIENCE, "copy", () -> set.replica.replicates("master_link_status:up"));
        return set;
    }

    public RedisSettings settings(int historySize) {
        return new RedisSettings(
                Mode.SENTINEL, List.of(sentinel.node()), "main", null, null, false, historySize);
    }

    public void awaitPromotion() throws Exception {
        Await.until(PATIENCE, "promotion", () -> replica.replicates("role:master"));
    }

    @Override
    public void close() {
        sentinel.close();
        replica.close();
        master.close();
    }
}
