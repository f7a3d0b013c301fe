package io.kline.store.redis;

import io.kline.config.RedisSettings;
import java.time.Duration;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;

/** Makes the connection that fits the settings. */
public final class RedisConnections {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private RedisConnections() {}

    /** A connection that has not connected yet. */
    public static RedisConnection to(RedisSettings settings, Pipeline pipeline) {
        RedisProviders providers = new RedisProviders(settings, pool(), TIMEOUT);
        return settings.mode() == RedisSettings.Mode.CLUSTER
                ? new ClusterConnection(providers::cluster, pipeline)
                : new NodeConnection(providers::node, pipeline);
    }

    /** No evictor thread, and never a wait for a connection: one thread borrows one at a time. */
    private static GenericObjectPoolConfig<Connection> pool() {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setBlockWhenExhausted(false);
        pool.setJmxEnabled(false);
        return pool;
    }
}
