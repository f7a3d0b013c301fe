package io.kline.store.redis;

import io.kline.store.CircuitBreaker;
import io.kline.store.DaemonThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Sends each call to the node that has its key: a round trip per node, redirections followed call
 * by call, replies in the order of the calls. A node that is away silences its own calls only. As
 * thread safe as its {@link RoundTrip}.
 */
final class Router implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Router.class);

    private static final int MAX_REDIRECTIONS = 5;

    private static final long REFRESH_PAUSE_MILLIS = 100;

    private static final List<Call> PING = List.of(new Call("", Command.PING, () -> new byte[0][]));

    private final Lazy<Topology> topology;
    private final Duration pause;
    private final Executor nodes;
    private final RoundTrip roundTrip;
    private final Map<HostAndPort, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    /** Asking anew takes seconds where a node hangs: no caller waits for it. */
    private final ExecutorService refresher =
            Executors.newSingleThreadExecutor(DaemonThread.named("redis-topology"));

    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final AtomicInteger refreshes = new AtomicInteger();

    /** How a node is asked. */
    interface RoundTrip {

        /**
         * Sends the calls and waits for their replies.
         *
         * @param asking whether each call follows an ASK redirection
         * @return a value per call; error replies are {@link JedisDataException}s in their places,
         *     and a {@link Reply.Unsent} stands for itself
         * @throws JedisException if the node cannot be asked
         */
        List<Object> exchange(
                Topology topology, HostAndPort node, List<Call> calls, boolean asking);
    }

    /**
     * @param opener discovers the nodes; may fail with a {@link JedisException}
     * @param pause how long what could not be reached is left alone
     * @param nodes runs the round trips to the nodes of a Cluster
     */
    Router(Supplier<Topology> opener, Duration pause, Executor nodes, RoundTrip roundTrip) {
        this.topology = new Lazy<>(opener, Topology::close, pause);
        this.pause = pause;
        this.nodes = nodes;
        this.roundTrip = roundTrip;
    }

    /** A reply per call, in the order of the calls; no failure of a node is thrown. */
    List<Reply> ask(List<Call> calls) {
        try {
            return new Journey(topology.get(), calls).replies();
        } catch (JedisException e) {
            return Collections.nCopies(calls.size(), failure(e));
        }
    }

    /** A reply of each master to a PING; of those that are left alone for a moment why they are. */
    List<Reply> ping() {
        try {
            Topology open = topology.get();
            List<CompletableFuture<Reply>> replies =
                    open.masters().stream().map(node -> started(() -> ping(open, node))).toList();
            return replies.stream().map(CompletableFuture::join).toList();
        } catch (JedisException e) {
            return List.of(failure(e));
        }
    }

    /** The nodes as far as they are known, or null if none was asked yet. */
    Topology known() {
        return topology.peek();
    }

    /** Counts how often it has become known which node has which keys. */
    int topologies() {
        return topology.peek() == null ? 0 : 1 + refreshes.get();
    }

    @Override
    public void close() {
        refresher.shutdownNow();
        topology.close();
    }

    /** A node has been seen to have other keys than it is known for, or to be away. */
    private void refresh(Topology open) {
        if (open.isCluster() && refreshing.compareAndSet(false, true)) {
            try {
                refresher.execute(() -> refreshNow(open));
            } catch (RejectedExecutionException e) {
                LOG.debug("closed", e);
            }
        }
    }

    private void refreshNow(Topology open) {
        try {
            open.refresh();
            refreshes.incrementAndGet();
            TimeUnit.MILLISECONDS.sleep(REFRESH_PAUSE_MILLIS);
        } catch (JedisException e) {
            LOG.debug("no node knows the slots of the Cluster", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            refreshing.set(false);
        }
    }

    private Reply ping(Topology open, HostAndPort node) {
        String refusal = breaker(node).refusal();
        if (refusal != null) {
            return new Reply.Silence(new JedisConnectionException(refusal));
        }
        try {
            return Pipeline.reply(exchange(open, new Target(node, false), PING).get(0));
        } catch (JedisException e) {
            return failure(e);
        }
    }

    private List<Object> exchange(Topology open, Target target, List<Call> calls) {
        CircuitBreaker breaker = breaker(target.node);
        try {
            List<Object> values = roundTrip.exchange(open, target.node, calls, target.asking);
            breaker.answered();
            return values;
        } catch (JedisDataException refused) {
            breaker.answered();
            throw refused;
        } catch (JedisConnectionException e) {
            breaker.failed(e.getMessage());
            throw e;
        }
    }

    private CircuitBreaker breaker(HostAndPort node) {
        return breakers.computeIfAbsent(node, any -> new CircuitBreaker(System::nanoTime, pause));
    }

    private <T> CompletableFuture<T> started(Supplier<T> trip) {
        return CompletableFuture.supplyAsync(trip, nodes);
    }

    private static Reply failure(JedisException e) {
        return e instanceof JedisDataException ? Pipeline.reply(e) : new Reply.Silence(e);
    }

    private record Target(HostAndPort node, boolean asking) {}

    /** Calls on their way to the nodes. */
    private final class Journey {

        private final Topology open;
        private final List<Call> calls;
        private final Reply[] replies;
        private Map<Target, List<Integer>> ahead = new LinkedHashMap<>();

        Journey(Topology open, List<Call> calls) {
            this.open = open;
            this.calls = calls;
            this.replies = new Reply[calls.size()];
        }

        List<Reply> replies() {
            for (int i = 0; i < replies.length; i++) {
                HostAndPort node = open.node(calls.get(i).key());
                if (node == null) {
                    refresh(open);
                    replies[i] = new Reply.Refusal("CLUSTERDOWN no node has the slot");
                } else {
                    send(i, new Target(node, false));
                }
            }
            for (int hop = 0; hop <= MAX_REDIRECTIONS && !ahead.isEmpty(); hop++) {
                Map<Target, List<Integer>> now = ahead;
                ahead = new LinkedHashMap<>();
                visit(now);
            }
            return List.of(replies);
        }

        private void send(int call, Target target) {
            ahead.computeIfAbsent(target, any -> new ArrayList<>()).add(call);
        }

        private void visit(Map<Target, List<Integer>> targets) {
            if (targets.size() == 1) {
                targets.forEach((target, some) -> settle(some, () -> values(target, some)));
                return;
            }
            Map<Target, CompletableFuture<List<Object>>> trips = new LinkedHashMap<>();
            targets.forEach(
                    (target, some) -> trips.put(target, started(() -> values(target, some))));
            trips.forEach((target, trip) -> settle(targets.get(target), trip::join));
        }

        private List<Object> values(Target target, List<Integer> indices) {
            String refusal = breaker(target.node).refusal();
            if (refusal != null) {
                throw new JedisConnectionException(refusal);
            }
            return exchange(open, target, indices.stream().map(calls::get).toList());
        }

        private void settle(List<Integer> indices, Supplier<List<Object>> trip) {
            try {
                List<Object> values = trip.get();
                for (int i = 0; i < values.size(); i++) {
                    settle(indices.get(i), values.get(i));
                }
            } catch (JedisException e) {
                fail(indices, e);
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof JedisException cause)) {
                    throw e;
                }
                fail(indices, cause);
            }
        }

        private void fail(List<Integer> indices, JedisException e) {
            if (e instanceof JedisConnectionException) {
                refresh(open);
            }
            indices.forEach(i -> replies[i] = failure(e));
        }

        private void settle(int call, Object value) {
            replies[call] = Pipeline.reply(value);
            if (open.isCluster() && value instanceof JedisRedirectionException redirection) {
                boolean asking = redirection instanceof JedisAskDataException;
                if (!asking) {
                    refresh(open);
                }
                send(call, new Target(redirection.getTargetNode(), asking));
            } else if (replies[call].isDemoted() || replies[call].isUnserved()) {
                refresh(open);
            }
        }
    }
}
