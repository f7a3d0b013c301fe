package io.kline.store.redis;

import io.kline.config.RedisLogin;
import io.kline.config.RedisSettings;
import io.kline.config.RedisTls;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
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
     * How long is listened to a sentinel before it is asked again. Nothing comes until a fail-over:
     * that a firewall has forgotten the connection, or its machine is gone, the operating system
     * notices after two hours.
     */
    private static final int SENTINEL_MILLIS = 300_000;

    private static final String STORE_TYPE = "PKCS12";

    /** Certificates are public: the store is never written anywhere. */
    private static final char[] NO_SECRET = "public".toCharArray();

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
                    settings.master(),
                    client(settings.login()),
                    pool(),
                    nodes(),
                    builder(settings.sentinelLogin())
                            .blockingSocketTimeoutMillis(SENTINEL_MILLIS)
                            .build());
        }
        return new PooledConnectionProvider(
                nodes().iterator().next(), client(settings.login()), pool());
    }

    private ClusterConnectionProvider cluster() {
        return new ClusterConnectionProvider(nodes(), client(settings.login()), pool());
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

    /** How a client connects and logs in. */
    public JedisClientConfig client(RedisLogin login) {
        return builder(login).build();
    }

    private DefaultJedisClientConfig.Builder builder(RedisLogin login) {
        int millis = (int) timeout.toMillis();
        // No protocol is asked for, which is the second: with one the password is an argument of
        // HELLO, and a server that does not know that repeats its arguments in the error.
        return DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .clientName("kline")
                // One right less for the user of the server.
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED)
                .sslOptions(settings.tls().on() ? ssl(settings.tls()) : null)
                .user(login.user())
                .password(login.password());
    }

    private static SslOptions ssl(RedisTls tls) {
        SslOptions.Builder options =
                SslOptions.builder()
                        .sslVerifyMode(tls.verifyHost() ? SslVerifyMode.FULL : SslVerifyMode.CA);
        if (tls.ca() != null) {
            byte[] trusted = trustStore(tls);
            options.trustStoreType(STORE_TYPE)
                    .truststore(() -> new ByteArrayInputStream(trusted), NO_SECRET);
        }
        return options.build();
    }

    private static byte[] trustStore(RedisTls tls) {
        try {
            KeyStore store = KeyStore.getInstance(STORE_TYPE);
            store.load(null, null);
            int count = 0;
            for (Certificate authority : tls.authorities()) {
                store.setCertificateEntry("redis-" + count++, authority);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            store.store(bytes, NO_SECRET);
            return bytes.toByteArray();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + STORE_TYPE, e);
        }
    }
}
