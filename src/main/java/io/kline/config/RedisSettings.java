package io.kline.config;

import static io.kline.config.ConfigException.require;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Redis is and how to log in.
 *
 * @param mode topology of the servers
 * @param nodes {@code host:port} of the server, of the sentinels, or of some nodes of the Cluster
 * @param master name of the master as the sentinels know it; null unless {@code SENTINEL}
 * @param login as whom to log in to the servers that hold keys; sentinels are never sent it
 * @param sentinelLogin as whom to log in to the sentinels
 * @param tls how connections are encrypted, those to sentinels too
 * @param historySize how many klines before the latest each history keeps, at least 1
 */
public record RedisSettings(
        Mode mode,
        List<String> nodes,
        String master,
        RedisLogin login,
        RedisLogin sentinelLogin,
        RedisTls tls,
        int historySize)
        implements Serializable {

    /** Topology of the servers. */
    public enum Mode {
        /** One server, or one address that always leads to the master. */
        SINGLE,
        /** A master with replicas, found through sentinels. */
        SENTINEL,
        /** A Redis Cluster. */
        CLUSTER
    }

    private static final Pattern NODE = Pattern.compile("[^:\\s]+:[0-9]{1,5}");

    /**
     * @throws ConfigException naming the first key at fault, but no secret
     */
    public RedisSettings {
        nodes = List.copyOf(nodes);
        require(!nodes.isEmpty(), "redis.nodes must name at least one node");
        for (String node : nodes) {
            require(
                    !node.contains("@"),
                    "redis.nodes must not hold a user; use redis.user and redis.password");
            require(
                    NODE.matcher(node).matches(),
                    "redis.nodes must be host:port, separated by commas, not '" + node + "'");
        }
        boolean hasMaster = master != null && !master.isBlank();
        require(
                mode != Mode.SENTINEL || hasMaster,
                "redis.master must be set when redis.mode is sentinel");
        require(
                mode == Mode.SENTINEL || master == null,
                "redis.master must be set only when redis.mode is sentinel");
        require(
                mode != Mode.SINGLE || nodes.size() == 1,
                "redis.nodes must be one node when redis.mode is single, not " + nodes);
        login.check("redis.");
        sentinelLogin.check("redis.sentinel.");
        require(
                mode == Mode.SENTINEL || sentinelLogin.password() == null,
                "redis.sentinel.password must be set only when redis.mode is sentinel");
        require(historySize >= 1, "redis.history.size must be at least 1, not " + historySize);
    }

    /**
     * Sentinels that need no login, and authorities of the JVM.
     *
     * @param user ACL user, or null for the default user
     * @param password password of the user, or null to send none
     * @param tls whether connections are encrypted
     */
    public RedisSettings(
            Mode mode,
            List<String> nodes,
            String master,
            String user,
            String password,
            boolean tls,
            int historySize) {
        this(
                mode,
                nodes,
                master,
                new RedisLogin(user, password),
                RedisLogin.NONE,
                new RedisTls(tls, null, true),
                historySize);
    }

    /** One server without login and TLS, as on the local stack. */
    public static RedisSettings single(String node, int historySize) {
        return new RedisSettings(Mode.SINGLE, List.of(node), null, null, null, false, historySize);
    }

    /** Everything but passwords and certificates. */
    @Override
    public String toString() {
        return "RedisSettings[mode=%s, nodes=%s, master=%s, login=%s, sentinelLogin=%s, tls=%s, historySize=%d]"
                .formatted(mode, nodes, master, login, sentinelLogin, tls.on(), historySize);
    }
}
