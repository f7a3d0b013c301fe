package io.kline.store.redis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.ConnectionPool;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;
import redis.clients.jedis.providers.ClusterConnectionProvider;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * A Redis Cluster: a pipeline per node, redirections followed call by call. A node that is away
 * silences its own calls only.
 */
public final class ClusterRedis implements RedisNodes {

    private static final Logger LOG = LoggerFactory.getLogger(ClusterRedis.class);

    private static final int MAX_REDIRECTIONS = 5;

    private final Lazy<ClusterConnectionProvider> cluster;
    private final Map<HostAndPort, RedisNode> nodes = new ConcurrentHashMap<>();
    private volatile boolean stale;

    /**
     * @param opener discovers the Cluster; may fail with a {@link JedisException}
     */
    public ClusterRedis(Supplier<ClusterConnectionProvider> opener) {
        cluster = new Lazy<>(opener, ClusterConnectionProvider::close);
    }

    @Override
    public List<Reply> ask(List<Call> calls) {
        Reply[] replies = new Reply[calls.size()];
        Map<Target, List<Integer>> targets;
        try {
            refresh();
            targets = targets(calls, replies);
        } catch (JedisException e) {
            return RedisNode.failure(e, calls.size());
        }
        for (int hop = 0; hop <= MAX_REDIRECTIONS && !targets.isEmpty(); hop++) {
            Map<Target, List<Integer>> redirected = new LinkedHashMap<>();
            targets.forEach(
                    (target, indices) -> exchange(target, calls, indices, replies, redirected));
            targets = redirected;
        }
        return Arrays.asList(replies);
    }

    @Override
    public List<Reply> ping() {
        try {
            refresh();
            return cluster.get().getPrimaryNodes().keySet().stream()
                    .map(name -> node(HostAndPort.from(name)).ping())
                    .toList();
        } catch (JedisException e) {
            return RedisNode.failure(e, 1);
        }
    }

    @Override
    public void close() {
        cluster.close();
    }

    private Map<Target, List<Integer>> targets(List<Call> calls, Reply[] replies) {
        Map<Target, List<Integer>> targets = new LinkedHashMap<>();
        for (int i = 0; i < replies.length; i++) {
            HostAndPort node = cluster.get().getNode(JedisClusterCRC16.getSlot(calls.get(i).key()));
            if (node == null) {
                stale = true;
                replies[i] = new Reply.Refusal("CLUSTERDOWN no node has the slot");
            } else {
                add(targets, new Target(node, false), i);
            }
        }
        return targets;
    }

    private void exchange(
            Target target,
            List<Call> calls,
            List<Integer> indices,
            Reply[] replies,
            Map<Target, List<Integer>> redirected) {
        List<Object> values;
        try {
            List<Call> own = indices.stream().map(calls::get).toList();
            values = node(target.node).exchange(own, target.asking);
        } catch (JedisException e) {
            stale |= e instanceof JedisConnectionException;
            indices.forEach(i -> replies[i] = RedisNode.failure(e));
            return;
        }
        for (int i = 0; i < values.size(); i++) {
            replies[indices.get(i)] = Pipeline.reply(values.get(i));
            if (values.get(i) instanceof JedisRedirectionException redirection) {
                boolean asking = redirection instanceof JedisAskDataException;
                stale |= !asking;
                add(redirected, new Target(redirection.getTargetNode(), asking), indices.get(i));
            }
        }
    }

    private RedisNode node(HostAndPort address) {
        return nodes.computeIfAbsent(
                address,
                any ->
                        new RedisNode(
                                () -> cluster.get().getConnection(address), () -> clear(address)));
    }

    private void clear(HostAndPort address) {
        ConnectionPool pool = cluster.get().getNodes().get(address.toString());
        if (pool != null) {
            pool.clear();
        }
    }

    private void refresh() {
        if (!stale) {
            return;
        }
        stale = false;
        try {
            cluster.get().renewSlotCache();
        } catch (JedisException e) {
            stale = true;
            LOG.debug("no node tells the slots of the Cluster", e);
        }
    }

    private static void add(Map<Target, List<Integer>> targets, Target target, int index) {
        targets.computeIfAbsent(target, any -> new ArrayList<>()).add(index);
    }

    private record Target(HostAndPort node, boolean asking) {}
}
