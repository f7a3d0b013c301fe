package io.kline.store.redis;

import io.kline.config.RedisSettings;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * Opens what provides connections to the servers that the settings describe.
 *
 * @param settings where Redis is and how to log in
 * @param pool how many connections there may be, and how they are waited for
 * @param timeout for connecting, and for each reply
 */
public record RedisProviders(
        RedisSettings settings, GenericObjectPoolConfig<Connection> pool, Duration timeout) {

    /**
     * Connections to the one server, or to the master that sentinels name.
     *
     * @throws JedisException if no sentinel can be asked
     */
    public ConnectionProvider node() {
        if (settings.mode() == RedisSettings.Mode.SENTINEL) {
            return new SentineledConnectionProvider(
                    settings.master(), login(), pool, nodes(), client().build());
        }
        return new PooledConnectionProvider(nodes().iterator().next(), login(), pool);
    }

    /**
     * Connections to each node of the Cluster.
     *
     * @throws JedisException if no node can be asked which there are
     */
    public ClusterConnectionProvider cluster() {
        return new ClusterConnectionProvider(nodes(), login(), pool);
    }

    private Set<HostAndPort> nodes() {
        return settings.nodes().stream().map(HostAndPort::from).collect(Collectors.toSet());
    }

    private JedisClientConfig login() {
        return client().user(settings.user()).password(settings.password()).build();
    }

    private DefaultJedisClientConfig.Builder client() {
        int millis = (int) timeout.toMillis();
        return DefaultJedisClientConfig.builder()
                .protocol(RedisProtocol.RESP2)
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .clientName("kline")
                .sslOptions(settings.tls() ? SslOptions.defaults() : null);
    }
}
