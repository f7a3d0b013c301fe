package io.kline.store.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster: a pipeline per node, redirections followed call by call. A node that is away
 * silences its own calls only.
 */
final class ClusterConnection implements RedisConnection {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterConnection.class);

    private static final int MAX_REDIRECTIONS = 5;

    /** How long a node that could not be reached is not tried again: connecting blocks the rest. */
    private static final long AVOID_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<ClusterConnectionProvider> opener;
    private final Pipeline pipeline;
    private final Map<HostAndPort, Connection> last = new HashMap<>();
    private final Map<HostAndPort, Away> away = new HashMap<>();
    private volatile ClusterConnectionProvider provider;
    private boolean stale;
    private long epoch;

    /**
     * @param opener discovers the Cluster; may fail with a {@link JedisException}, then it is tried
     *     again
     * @param pipeline how a connection is used
     */
    ClusterConnection(Supplier<ClusterConnectionProvider> opener, Pipeline pipeline) {
        this.opener = opener;
        this.pipeline = pipeline;
    }

    @Override
    public List<Reply> ask(List<Call> calls) {
        Reply[] replies = new Reply[calls.size()];
        try {
            open();
        } catch (JedisException e) {
            Arrays.fill(replies, failure(e));
            return List.of(replies);
        }
        refresh();
        Map<Target, List<Integer>> targets = new LinkedHashMap<>();
        for (int i = 0; i < replies.length; i++) {
            HostAndPort node = provider.getNode(JedisClusterCRC16.getSlot(calls.get(i).key()));
            if (node == null) {
                stale = true;
                replies[i] = new Reply.Refusal("CLUSTERDOWN no node has the slot");
            } else {
                add(targets, new Target(node, false), i);
            }
        }
        for (int hop = 0; hop <= MAX_REDIRECTIONS && !targets.isEmpty(); hop++) {
            Map<Target, List<Integer>> redirected = new LinkedHashMap<>();
            targets.forEach(
                    (target, indices) -> exchange(target, calls, indices, replies, redirected));
            targets = redirected;
        }
        return List.of(replies);
    }

    @Override
    public long epoch() {
        return epoch;
    }

    @Override
    public void close() {
        ClusterConnectionProvider open = provider;
        if (open != null) {
            open.close();
        }
    }

    private void exchange(
            Target target,
            List<Call> calls,
            List<Integer> indices,
            Reply[] replies,
            Map<Target, List<Integer>> redirected) {
        Away avoided = away.get(target.node);
        if (avoided != null && System.nanoTime() - avoided.since < AVOID_NANOS) {
            indices.forEach(i -> replies[i] = failure(avoided.cause));
            return;
        }
        List<Object> values;
        try {
            values = exchange(target, indices.stream().map(calls::get).toList());
        } catch (JedisException e) {
            if (e instanceof JedisConnectionException) {
                away.put(target.node, new Away(e, System.nanoTime()));
                stale = true;
            }
            indices.forEach(i -> replies[i] = failure(e));
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            int index = indices.get(i);
            replies[index] = value instanceof Reply reply ? reply : Pipeline.reply(value);
            if (value instanceof JedisRedirectionException redirection) {
                boolean asking = value instanceof JedisAskDataException;
                stale |= !asking;
                add(redirected, new Target(redirection.getTargetNode(), asking), index);
            }
            stale |= replies[index].isDemoted();
        }
    }

    private List<Object> exchange(Target target, List<Call> calls) {
        try (Connection connection = provider.getConnection(target.node)) {
            if (last.put(target.node, connection) != connection) {
                epoch++;
                return new ArrayList<>(Collections.nCopies(calls.size(), new Reply.Unsent()));
            }
            return pipeline.exchange(connection, calls, target.asking);
        }
    }

    /** Connects to every master, so that any later connection tells of a change. */
    private void open() {
        if (provider != null) {
            return;
        }
        provider = opener.get();
        for (String name : provider.getPrimaryNodes().keySet()) {
            HostAndPort node = HostAndPort.from(name);
            try (Connection connection = provider.getConnection(node)) {
                last.put(node, connection);
            } catch (JedisException e) {
                LOG.warn("Redis node {} cannot be reached: {}", node, e.getMessage());
            }
        }
    }

    private void refresh() {
        if (!stale) {
            return;
        }
        try {
            provider.renewSlotCache();
            stale = false;
        } catch (JedisException e) {
            LOG.debug("no node tells the slots of the Cluster", e);
        }
    }

    private static Reply failure(JedisException e) {
        return e instanceof JedisDataException ? Pipeline.reply(e) : new Reply.Silence(e);
    }

    private static void add(Map<Target, List<Integer>> targets, Target target, int index) {
        targets.computeIfAbsent(target, any -> new ArrayList<>()).add(index);
    }

    private record Target(HostAndPort node, boolean asking) {}

    private record Away(JedisException cause, long since) {}
}
