package io.kline.tools.chaos;

import java.util.Optional;

/** What kind of servers a scenario needs. */
enum Setup {
    /** A cluster with high availability; one Redis; the jobs reach all servers directly. */
    PLAIN,
    /** One Redis; between the jobs and each server is a network that can be broken. */
    STORES,
    /** A master with a replica, and three sentinels. */
    SENTINEL,
    /** A Redis Cluster of three masters, one of them with a replica. */
    CLUSTER;

    /** How many JobManagers there are: where stores break alone, nobody has to take over. */
    int jobManagers() {
        return this == PLAIN ? 2 : 1;
    }

    /** How many TaskManagers there are, of eight slots together. */
    int taskManagers() {
        return this == PLAIN ? 4 : 2;
    }

    /** Why this machine cannot have it; empty if it can. */
    Optional<String> obstacle() {
        boolean needsNode = this == SENTINEL || this == CLUSTER;
        return needsNode && RedisNode.binary().isEmpty()
                ? Optional.of("there is no redis-server 7 or later on the PATH")
                : Optional.empty();
    }
}
