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
    private final ChannelPlaces<Subscription> places =
            new ChannelPlaces<>(Subscription::unsubscribe);
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

    /** Whether the subscription stands that has this channel, and has taken it. */
    public synchronized boolean isConnected(String channel) {
        Subscription place = places.standing(channel);
        return place != null && place.isUp();
    }

    public synchronized void subscribe(String channel) {
        if (wanted.add(channel)) {
            place(channel);
        }
    }

    public synchronized void unsubscribe(String channel) {
        wanted.remove(channel);
        refused.remove(channel);
        places.leave(channel);
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
        report(leave(subscription, why));
    }

    private synchronized List<String> leave(Subscription subscription, String why) {
        if (!subscriptions.remove(subscription.node(), subscription)) {
            return List.of();
        }
        if (away.add(subscription.node())) {
            LOG.warn("Live candles of {} stand still: {}", subscription.node(), why);
            reviewSoon();
        }
        return places.displace((channel, place) -> place == subscription);
    }

    /** A node has sent a channel away. */
    void gone(Subscription subscription, String channel) {
        report(leave(subscription, channel, this::reviewSoon));
    }

    /** A node does not take a channel: it is tried again, without haste. */
    void refused(Subscription subscription, String channel) {
        report(leave(subscription, channel, () -> refused.add(channel)));
    }

    private synchronized List<String> leave(
            Subscription subscription, String channel, Runnable consequence) {
        if (!places.remove(channel, subscription)) {
            return List.of();
        }
        consequence.run();
        return places.lose(channel);
    }

    /** A node has taken a channel; returns whether it still is its place. */
    synchronized boolean taken(Subscription subscription, String channel) {
        boolean isPlace = places.stand(channel, subscription);
        if (isPlace) {
            refused.remove(channel);
        }
        return isPlace;
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
            report(leaveThoseOver(open, open.masters()));
            placeAll(open);
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

    /** Ends what leads nowhere any more; returns the channels that stood and have to move. */
    private synchronized List<String> leaveThoseOver(Topology open, Collection<HostAndPort> nodes) {
        masters = nodes;
        away.retainAll(masters);
        for (Subscription each : new ArrayList<>(subscriptions.values())) {
            if (!masters.contains(each.node()) || !each.leadsTo(open.address(each.node()))) {
                subscriptions.remove(each.node());
                each.end();
            } else {
                each.check();
            }
        }
        return places.displace((channel, place) -> isOver(place, open.node(channel)));
    }

    /** Whether a channel has to leave its place; the node that has its slot is null if none has. */
    private boolean isOver(Subscription place, HostAndPort node) {
        boolean isElsewhere = masters.contains(node) && !place.node().equals(node);
        return isElsewhere || subscriptions.get(place.node()) != place;
    }

    /** Not with this locked: whoever is notified may hold what others need that wait for this. */
    private void report(List<String> lost) {
        try {
            lost.forEach(listener::onLost);
        } finally {
            reported(lost);
        }
    }

    private synchronized void reported(List<String> lost) {
        if (places.reported(lost)) {
            reviewSoon();
        }
    }

    private synchronized void placeAll(Topology open) {
        for (HostAndPort node : masters) {
            if (!closed && !subscriptions.containsKey(node)) {
                Subscription subscription = new Subscription(this, listener, open, node);
                subscriptions.put(node, subscription);
                subscription.start();
            }
        }
        wanted.forEach(this::place);
    }

    /** Brings a channel without a place to the node that has its slot. */
    private void place(String channel) {
        Topology open = topology.peek();
        HostAndPort node = open == null ? null : open.node(channel);
        Subscription place = node == null ? null : subscriptions.get(node);
        if (place != null && places.put(channel, place)) {
            place.subscribe(channel);
        }
    }
}
