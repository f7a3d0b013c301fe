package io.kline.store.redis;

import io.kline.config.RedisSettings;
import io.kline.store.CircuitBreaker;
import io.kline.store.DaemonThread;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * The servers as readers need them: pooled connections, and a node that is away is left alone for a
 * moment. A call may be sent twice. Thread safe.
 */
public final class GuardedRedis implements AutoCloseable {

    /** Threads that nobody uses end by themselves after this time. */
    private static final long IDLE_SECONDS = 10;

    private final Router router;

    /**
     * Connects at the first call.
     *
     * @param connections most connections to each node, at least 1
     * @param timeout for connecting, for each reply, and for a connection to become free
     */
    public GuardedRedis(RedisSettings settings, int connections, Duration timeout) {
        RedisProviders providers = new RedisProviders(settings, connections, timeout);
        router =
                new Router(
                        providers::topology,
                        CircuitBreaker.PAUSE,
                        threads(),
                        GuardedRedis::exchange);
    }

    /** One for each node that a caller waits for: none waits for another one's node. */
    private static Executor threads() {
        return new ThreadPoolExecutor(
                0,
                Integer.MAX_VALUE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                DaemonThread.named("redis-node"));
    }

    /**
     * Sends the calls and waits for their replies, in one round trip per node, to all nodes at the
     * same time: the slowest one decides how long it takes.
     *
     * @return a reply per call, in the order of the calls; no failure of a node is thrown
     */
    public List<Reply> ask(List<Call> calls) {
        return router.ask(calls);
    }

    /** A reply of each master to a PING, of those that are left alone for a moment why they are. */
    public List<Reply> ping() {
        return router.ping();
    }

    @Override
    public void close() {
        router.close();
    }

    /** A server that was restarted has closed the idle connections: a new one is tried. */
    private static List<Object> exchange(
            Topology topology, HostAndPort node, List<Call> calls, boolean asking) {
        try {
            return exchangeOnce(topology, node, calls, asking);
        } catch (JedisConnectionException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw e;
            }
            topology.clear(node);
            return exchangeOnce(topology, node, calls, asking);
        }
    }

    private static List<Object> exchangeOnce(
            Topology topology, HostAndPort node, List<Call> calls, boolean asking) {
        try (Connection connection = topology.connect(node)) {
            return Pipeline.WITHOUT_SCRIPT.exchange(connection, calls, asking);
        }
    }
}
