package io.kline.tools.chaos;

import java.util.Optional;

/** What kind of servers a scenario needs. */
enum Setup {
    /** One Redis; the jobs reach all servers directly. */
    PLAIN,
    /** One Redis; between the jobs and each server is a network that can be broken. */
    PROXIED,
    /** A master with a replica, and three sentinels. */
    SENTINEL,
    /** A Redis Cluster of three masters, one of them with a replica. */
    CLUSTER;

    /** Why this machine cannot have it; empty if it can. */
    Optional<String> obstacle() {
        boolean needsNode = this == SENTINEL || this == CLUSTER;
        return needsNode && RedisNode.binary().isEmpty()
                ? Optional.of("there is no redis-server 7 or later on the PATH")
                : Optional.empty();
    }
}
