package io.kline.config;

import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where Redis is and how to log in.
 *
 * @param mode topology of the servers
 * @param nodes {@code host:port} of the server, of the sentinels, or of some nodes of the Cluster
 * @param master name of the master as the sentinels know it; null unless {@code SENTINEL}
 * @param user ACL user, or null for the default user
 * @param password password of the user, or null to send none; sentinels are never sent it
 * @param tls whether connections are encrypted, those to sentinels too
 * @param historySize how many klines before the latest each history keeps, at least 1
 */
public record RedisSettings(
        Mode mode,
        List<String> nodes,
        String master,
        String user,
        String password,
        boolean tls,
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

    private static final Pattern NODE = Pattern.compile("\\S+:[0-9]{1,5}");

    /**
     * @throws IllegalArgumentException if the parts do not fit together; the message names no
     *     secret
     */
    public RedisSettings {
        nodes = List.copyOf(nodes);
        require(!nodes.isEmpty(), "Redis needs at least one node");
        for (String node : nodes) {
            require(NODE.matcher(node).matches(), "not host:port of a Redis node: " + node);
        }
        require(mode != Mode.SINGLE || nodes.size() == 1, "a single Redis has one node: " + nodes);
        require(
                (mode == Mode.SENTINEL) == (master != null),
                "a master's name is needed for Sentinel, and only there");
        require(user == null || password != null, "Redis user without a password: " + user);
        require(historySize >= 1, "Redis history size is at least 1, not " + historySize);
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "RedisSettings[mode=%s, nodes=%s, master=%s, user=%s, password=%s, tls=%s, historySize=%d]"
                .formatted(
                        mode,
                        nodes,
                        master,
                        user,
                        password == null ? "none" : "***",
                        tls,
                        historySize);
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
