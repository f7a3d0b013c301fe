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
 * @param connections most connections to each node, at least 1
 * @param timeout for connecting, for each reply, and for a connection to become free
 */
public record RedisProviders(RedisSettings settings, int connections, Duration timeout) {

    /**
     * Connections to the one server, to the master that sentinels name, or to any node of the
     * Cluster.
     *
     * @throws JedisException if no sentinel or no node of the Cluster can be asked
     */
    public ConnectionProvider any() {
        return settings.mode() == RedisSettings.Mode.CLUSTER ? cluster() : master();
    }

    /**
     * The nodes and the connections to them.
     *
     * @throws JedisException if no sentinel or no node of the Cluster can be asked
     */
    Topology topology() {
        return settings.mode() == RedisSettings.Mode.CLUSTER
                ? new Topology.Cluster(cluster())
                : new Topology.OneNode(master());
    }

    private ConnectionProvider master() {
        if (settings.mode() == RedisSettings.Mode.SENTINEL) {
            return new SentineledConnectionProvider(
                    settings.master(), login(), pool(), nodes(), client().build());
        }
        return new PooledConnectionProvider(nodes().iterator().next(), login(), pool());
    }

    private ClusterConnectionProvider cluster() {
        return new ClusterConnectionProvider(nodes(), login(), pool());
    }

    private GenericObjectPoolConfig<Connection> pool() {
        GenericObjectPoolConfig<Connection> pool = new GenericObjectPoolConfig<>();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMaxWait(timeout);
        pool.setJmxEnabled(false);
        return pool;
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
