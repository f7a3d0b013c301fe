package io.kline.store.redis;

import io.kline.config.RedisSettings;
import io.kline.store.DaemonThread;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Channels that are followed: a subscription to each node, a channel at the node that has its slot.
 *
 * <p>Where the keys are is asked anew every second, and at once where a node sends a channel away.
 * A channel moves with its slot, and a subscription that has ended or fallen silent is made anew.
 * Thread safe.
 */
public final class RedisFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFeed.class);

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long PERIOD_MILLIS = 1_000;
    private static final long SOON_MILLIS = 50;

    /** To listen, to ask, and what ends just now. */
    private static final int CONNECTIONS = 3;

    private final Lazy<Topology> topology;
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("redis-feed"));
    private final AtomicBoolean reviewIsDue = new AtomicBoolean();
    private Listener listener;

    /** Why no node can be asked; empty if one can. Belongs to the thread of reviews. */
    private String problem = "";

    // What follows is guarded by this.
    private final Set<String> wanted = new HashSet<>();
    private final Map<HostAndPort, Subscription> subscriptions = new HashMap<>();
    private final Map<String, Subscription> places = new HashMap<>();
    private final Set<HostAndPort> away = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private Collection<HostAndPort> masters = List.of();
    private boolean closed;

    public RedisFeed(RedisSettings settings) {
        RedisProviders providers = new RedisProviders(settings, CONNECTIONS, TIMEOUT);
        topology = new Lazy<>(providers::topology, Topology::close, Duration.ZERO);
    }

    /** Who follows the channels; called by a thread per node. */
    public interface Listener {

        /** From now on nothing on this channel is missed, unless it comes again. */
        void onSubscribed(String channel);

        void onMessage(String channel, String message);

        /**
         * From now on, until it is subscribed to again, what comes on this channel is missed.
         * Called before it can be.
         */
        default void onLost(String channel) {}
    }

    public void start(Listener follower) {
        listener = follower;
        watch.scheduleWithFixedDelay(this::review, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Whether the subscriptions to all nodes stand. */
    public synchronized boolean isConnected() {
        return !masters.isEmpty() && masters.stream().allMatch(this::isUp);
    }

    /** Whether they stand, and no node refuses a channel. */
    public synchronized boolean hasAll() {
        return isConnected() && refused.isEmpty();
    }

    /** Whether they stand, and this channel is not refused. */
    public synchronized boolean isConnected(String channel) {
        return isConnected() && !refused.contains(channel);
    }

    public synchronized void subscribe(String channel) {
        if (wanted.add(channel)) {
            place(channel);
        }
    }

    public synchronized void unsubscribe(String channel) {
        wanted.remove(channel);
        refused.remove(channel);
        Subscription place = places.remove(channel);
        if (place != null) {
            place.unsubscribe(channel);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        synchronized (this) {
            closed = true;
            subscriptions.values().forEach(Subscription::end);
        }
        topology.close();
    }

    /** A subscription stands. */
    synchronized void up(Subscription subscription) {
        if (away.remove(subscription.node())) {
            LOG.info("Live candles of {} go on", subscription.node());
        }
    }

    /** A subscription has ended. */
    void down(Subscription subscription, String why) {
        at(subscription).forEach(listener::onLost);
        leave(subscription, why);
    }

    private synchronized void leave(Subscription subscription, String why) {
        if (subscriptions.remove(subscription.node(), subscription)) {
            places.values().removeIf(subscription::equals);
            if (away.add(subscription.node())) {
                LOG.warn("Live candles of {} stand still: {}", subscription.node(), why);
                reviewSoon();
            }
        }
    }

    /** A node has sent a channel away. */
    void gone(Subscription subscription, String channel) {
        if (at(subscription).contains(channel)) {
            listener.onLost(channel);
        }
        sendElsewhere(subscription, channel);
    }

    private synchronized void sendElsewhere(Subscription subscription, String channel) {
        if (places.remove(channel, subscription)) {
            reviewSoon();
        }
    }

    /** A node does not take a channel: it is tried again, without haste. */
    synchronized void refused(Subscription subscription, String channel) {
        if (places.remove(channel, subscription)) {
            refused.add(channel);
        }
    }

    /** A node has taken a channel. */
    synchronized void taken(String channel) {
        refused.remove(channel);
    }

    private boolean isUp(HostAndPort node) {
        Subscription subscription = subscriptions.get(node);
        return subscription != null && subscription.isUp();
    }

    private void reviewSoon() {
        if (!closed && reviewIsDue.compareAndSet(false, true)) {
            try {
                watch.schedule((Runnable) this::review, SOON_MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debug("closed", e);
            }
        }
    }

    private void review() {
        try {
            reviewIsDue.set(false);
            Topology open = topology.get();
            open.refresh();
            problem = "";
            Collection<HostAndPort> nodes = open.masters();
            // Not with this locked: whoever follows may hold what it needs, and wait for this.
            lost(open, nodes).forEach(listener::onLost);
            review(open, nodes);
        } catch (JedisException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(problem)) {
                problem = now;
                LOG.warn("Live candles stand still, trying again: {}", problem);
            }
        } catch (RuntimeException e) {
            LOG.error("The subscriptions cannot be looked after", e);
        }
    }

    /** The channels at a subscription. */
    private synchronized List<String> at(Subscription subscription) {
        return places.entrySet().stream()
                .filter(each -> each.getValue() == subscription)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** The channels that have to be followed elsewhere. */
    private synchronized List<String> lost(Topology open, Collection<HostAndPort> nodes) {
        List<String> lost = new ArrayList<>();
        places.forEach(
                (channel, place) -> {
                    if (isOver(place, open, nodes) || !place.node().equals(open.node(channel))) {
                        lost.add(channel);
                    }
                });
        return lost;
    }

    private static boolean isOver(Subscription each, Topology open, Collection<HostAndPort> nodes) {
        return !nodes.contains(each.node()) || !each.leadsTo(open.address(each.node()));
    }

    private synchronized void review(Topology open, Collection<HostAndPort> nodes) {
        masters = nodes;
        for (Subscription each : new ArrayList<>(subscriptions.values())) {
            if (isOver(each, open, masters)) {
                subscriptions.remove(each.node());
                places.values().removeIf(each::equals);
                each.end();
            } else {
                each.check();
            }
        }
        away.retainAll(masters);
        for (HostAndPort node : masters) {
            if (!closed && !subscriptions.containsKey(node)) {
                Subscription subscription = new Subscription(this, listener, open, node);
                subscriptions.put(node, subscription);
                subscription.start();
            }
        }
        wanted.forEach(this::place);
    }

    /** Brings a channel to the node that has its slot, unless it is there. */
    private void place(String channel) {
        Topology open = topology.peek();
        HostAndPort node = open == null ? null : open.node(channel);
        Subscription now = node == null ? null : subscriptions.get(node);
        Subscription before = places.get(channel);
        if (now == null || now == before) {
            return;
        }
        if (before != null) {
            before.unsubscribe(channel);
        }
        places.put(channel, now);
        now.subscribe(channel);
    }
}
