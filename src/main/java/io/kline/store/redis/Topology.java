package io.kline.store.redis;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.Pool;

/** Which node has which keys, and the connections to the nodes. Thread safe. */
sealed interface Topology extends AutoCloseable {

    /** The node that has a key, or null if there is none. */
    HostAndPort node(String key);

    /** The nodes that have keys. */
    Collection<HostAndPort> masters();

    /** Where a node is now. */
    HostAndPort address(HostAndPort node);

    /** Whether keys move between nodes, and nodes send callers to each other. */
    boolean isCluster();

    /**
     * Takes a connection from the pool of a node.
     *
     * @throws JedisException if the node cannot be reached or turns the client away
     */
    Connection connect(HostAndPort node);

    /** Closes the idle connections to a node. */
    void clear(HostAndPort node);

    /**
     * Asks anew which node has which keys.
     *
     * @throws JedisException if no node can be asked
     */
    void refresh();

    @Override
    void close();

    /** A single Redis, or the master that sentinels name: one node with all keys. */
    record OneNode(ConnectionProvider provider) implements Topology {

        /** Stands for the node whatever its address: it changes at a fail-over. */
        private static final HostAndPort MASTER = new HostAndPort("master", 0);

        @Override
        public HostAndPort node(String key) {
            return MASTER;
        }

        @Override
        public Collection<HostAndPort> masters() {
            return List.of(MASTER);
        }

        @Override
        public HostAndPort address(HostAndPort node) {
            return provider instanceof SentineledConnectionProvider sentinels
                    ? sentinels.getCurrentMaster()
                    : node;
        }

        @Override
        public boolean isCluster() {
            return false;
        }

        @Override
        public Connection connect(HostAndPort node) {
            return provider.getConnection();
        }

        @Override
        public void clear(HostAndPort node) {
            for (Object pool : provider.getConnectionMap().values()) {
                ((Pool<?>) pool).clear();
            }
        }

        @Override
        public void refresh() {
            // One node has all keys.
        }

        @Override
        public void close() {
            try {
                provider.close();
            } catch (Exception e) {
                throw new JedisException("cannot close the connections to Redis", e);
            }
        }
    }

    /** A Redis Cluster: each slot of keys is at one master. */
    record Cluster(ClusterConnectionProvider provider) implements Topology {

        @Override
        public HostAndPort node(String key) {
            return provider.getNode(JedisClusterCRC16.getSlot(key));
        }

        /**
         * Of the slots: the client's own list of masters stays as it was at the first discovery.
         */
        @Override
        public Collection<HostAndPort> masters() {
            return IntStream.range(0, Protocol.CLUSTER_HASHSLOTS)
                    .mapToObj(provider::getNode)
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
        }

        @Override
        public HostAndPort address(HostAndPort node) {
            return node;
        }

        @Override
        public boolean isCluster() {
            return true;
        }

        @Override
        public Connection connect(HostAndPort node) {
            return provider.getConnection(node);
        }

        @Override
        public void clear(HostAndPort node) {
            ConnectionPool pool = provider.getNodes().get(node.toString());
            if (pool != null) {
                pool.clear();
            }
        }

        @Override
        public void refresh() {
            provider.renewSlotCache();
        }

        @Override
        public void close() {
            provider.close();
        }
    }
}
