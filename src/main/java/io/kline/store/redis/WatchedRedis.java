package io.kline.store.redis;

import io.kline.config.RedisSettings;
import io.kline.store.CircuitBreaker;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The servers as a writer needs them: one connection to each node, watched, since with another one
 * what was acknowledged may be lost.
 */
public final class WatchedRedis implements RedisConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedRedis.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Pipeline pipeline;
    private final Router router;
    private final Map<HostAndPort, Connection> last = new HashMap<>();
    private long epoch;

    /**
     * Connects at the first call.
     *
     * @param script the calls may refer to it
     */
    public WatchedRedis(RedisSettings settings, KlineScript script) {
        pipeline = new Pipeline(script.text());
        RedisProviders providers = new RedisProviders(settings, 1, TIMEOUT);
        // Connecting to a node that is away blocks the other nodes. A single one blocks none.
        boolean hasOthers = settings.mode() == RedisSettings.Mode.CLUSTER;
        Duration pause = hasOthers ? CircuitBreaker.PAUSE : Duration.ZERO;
        router = new Router(() -> connected(providers.topology()), pause, new Watch());
    }

    @Override
    public List<Reply> ask(List<Call> calls) {
        return router.ask(calls);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void close() {
        router.close();
    }

    /** Connects to every master of a Cluster, so that any later connection shows a change. */
    private Topology connected(Topology topology) {
        if (topology.isCluster()) {
            for (HostAndPort node : topology.masters()) {
                try (Connection connection = topology.connect(node)) {
                    last.put(node, connection);
                } catch (JedisException e) {
                    LOG.warn("Redis node {} cannot be reached: {}", node, e.getMessage());
                }
            }
        }
        return topology;
    }

    private final class Watch implements Router.RoundTrip {

        @Override
        public List<Object> exchange(
                Topology topology, HostAndPort node, List<Call> calls, boolean asking) {
            try (Connection connection = topology.connect(node)) {
                Connection before = last.put(node, connection);
                // Nothing was acknowledged before the first connection to a single server.
                boolean isFirst = before == null && !topology.isCluster();
                if (before != connection && !isFirst) {
                    epoch++;
                    return Collections.nCopies(calls.size(), new Reply.Unsent());
                }
                return pipeline.exchange(connection, calls, asking);
            }
        }

        /** A node that is no master now may come back as one over the same connection. */
        @Override
        public void refreshed(Topology topology) {
            last.keySet().retainAll(topology.masters());
        }
    }
}
