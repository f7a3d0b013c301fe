package io.kline.store.redis;

import io.kline.config.RedisSettings;
import io.kline.store.CircuitBreaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * The servers as a writer needs them: one connection to each node, watched, since with another one
 * what was acknowledged may be lost. A node that was a replica in between has lost it as well, over
 * the same connection: it has another {@link Lineage} then.
 */
public final class WatchedRedis implements RedisConnection {

    private static final Logger LOG = LoggerFactory.getLogger(WatchedRedis.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** Where all keys are, or where they are until a node was asked. */
    private static final Object ONE_SERVER = "redis";

    private final Pipeline pipeline;
    private final Router router;
    private final Map<HostAndPort, Watched> last = new ConcurrentHashMap<>();
    private final AtomicLong epoch = new AtomicLong();

    /** A connection to a node, and the lineage of the node. */
    private record Watched(Connection connection, Lineage lineage) {

        Watched(Connection connection) {
            this(connection, Lineage.unknown());
        }
    }

    /**
     * Connects at the first call.
     *
     * @param script the calls may refer to it
     */
    public WatchedRedis(RedisSettings settings, KlineScript script) {
        pipeline = new Pipeline(script.text());
        RedisProviders providers = new RedisProviders(settings, 1, TIMEOUT);
        // Until it is known where the keys are, a node that is away blocks the other ones.
        boolean hasOthers = settings.mode() == RedisSettings.Mode.CLUSTER;
        Duration pause = hasOthers ? CircuitBreaker.PAUSE : Duration.ZERO;
        router =
                new Router(
                        () -> connected(providers.topology()),
                        pause,
                        // A lane asks one node; the others are asked in turn.
                        Runnable::run,
                        this::exchange);
    }

    @Override
    public List<Reply> ask(List<Call> calls) {
        return router.ask(calls);
    }

    @Override
    public long epoch() {
        return epoch.get();
    }

    @Override
    public Object server(String key) {
        Topology known = router.known();
        HostAndPort node = known == null || !known.isCluster() ? null : known.node(key);
        return node == null ? ONE_SERVER : node;
    }

    @Override
    public int topologies() {
        return router.topologies();
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
                    last.put(node, new Watched(connection));
                } catch (JedisException e) {
                    LOG.warn("Redis node {} cannot be reached: {}", node, e.getMessage());
                }
            }
        }
        return topology;
    }

    private List<Object> exchange(
            Topology topology, HostAndPort node, List<Call> calls, boolean asking) {
        try (Connection connection = topology.connect(node)) {
            Watched before = last.get(node);
            if (before == null || before.connection != connection) {
                last.put(node, new Watched(connection));
                // Nothing was acknowledged before the first connection to a single server.
                if (before != null || topology.isCluster()) {
                    epoch.incrementAndGet();
                    return Collections.nCopies(calls.size(), new Reply.Unsent());
                }
            }
            Lineage lineage = last.get(node).lineage;
            if (!asking && lineage.isDue()) {
                return exchange(connection, node, lineage, calls);
            }
            List<Object> replies = pipeline.exchange(connection, calls, asking);
            if (replies.stream().anyMatch(JedisMovedDataException.class::isInstance)) {
                // It may be a replica now, and this the last that is heard of it.
                exchange(connection, node, lineage, List.of());
            }
            return replies;
        } catch (JedisConnectionException e) {
            // Another node may take its place, without what it acknowledged last.
            if (topology.isCluster() && last.remove(node) != null) {
                epoch.incrementAndGet();
            }
            throw e;
        }
    }

    private List<Object> exchange(
            Connection connection, HostAndPort node, Lineage before, List<Call> calls) {
        List<Call> all = new ArrayList<>(calls.size() + 1);
        all.add(Lineage.QUESTION);
        all.addAll(calls);
        List<Object> replies = pipeline.exchange(connection, all, false);
        Lineage now = Lineage.of(replies.get(0));
        last.put(node, new Watched(connection, now));
        if (!now.follows(before)) {
            LOG.info("Redis node {} was a replica meanwhile", node);
            epoch.incrementAndGet();
        }
        return replies.subList(1, replies.size());
    }
}
