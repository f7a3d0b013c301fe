package io.kline.sink.redis;

import io.kline.config.RedisSettings;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/** Makes the connection that fits the settings. */
final class RedisConnections {

    private static final int TIMEOUT_MILLIS = 2_000;

    private RedisConnections() {}

    /** A connection that has not connected yet. */
    static RedisConnection to(RedisSettings settings, Pipeline pipeline) {
        Set<HostAndPort> nodes =
                settings.nodes().stream().map(HostAndPort::from).collect(Collectors.toSet());
        JedisClientConfig login =
                client(settings).user(settings.user()).password(settings.password()).build();
        return switch (settings.mode()) {
            case SINGLE ->
                    new NodeConnection(
                            () ->
                                    new PooledConnectionProvider(
                                            nodes.iterator().next(), login, pool()),
                            pipeline);
            case SENTINEL ->
                    new NodeConnection(
                            () ->
                                    new SentineledConnectionProvider(
                                            settings.master(),
                                            login,
                                            pool(),
                                            nodes,
                                            client(settings).build()),
                            pipeline);
            case CLUSTER ->
                    new ClusterConnection(
                            () -> new ClusterConnectionProvider(nodes, login, pool()), pipeline);
        };
    }

    private static DefaultJedisClientConfig.Builder client(RedisSettings settings) {
        return DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2)
                .connectionTimeoutMillis(TIMEOUT_MILLIS)
                .socketTimeoutMillis(TIMEOUT_MILLIS)
                .clientName("kline")
                .sslOptions(settings.tls() ? SslOptions.defaults() : null);
    }

    /** No evictor thread, and never a wait for a connection: one thread borrows one at a time. */
    private static GenericObjectPoolConfig<Connection> pool() {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setBlockWhenExhausted(false);
        pool.setJmxEnabled(false);
        return pool;
    }
}
