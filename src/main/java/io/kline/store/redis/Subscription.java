package io.kline.store.redis;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisMovedDataException;

/**
 * A connection to one node that is subscribed to channels, and the thread that reads it. On a
 * Cluster it subscribes to the channels of slots (SSUBSCRIBE), or where the node does not know
 * them, to those of all nodes.
 */
final class Subscription {

    private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);

    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** So few that sending them never waits for the node: whoever sends may hold a lock. */
    private static final int MOST_UNANSWERED = 100;

    private final RedisFeed feed;
    private final RedisFeed.Listener listener;
    private final Topology topology;
    private final HostAndPort node;
    private final HostAndPort address;
    private final Thread thread;
    private volatile long heard = System.nanoTime();
    private volatile boolean up;

    // What follows is guarded by this.
    private final Deque<Sent> waiting = new ArrayDeque<>();
    private final Deque<Sent> unanswered = new ArrayDeque<>();
    private boolean sharded;
    private boolean reported;
    private Connection connection;
    private boolean ended;

    private enum Kind {
        SUBSCRIBE,
        UNSUBSCRIBE,
        PING
    }

    /** A command; its channel is empty for a ping. */
    private record Sent(Kind kind, String channel) {}

    Subscription(RedisFeed feed, RedisFeed.Listener listener, Topology topology, HostAndPort node) {
        this.feed = feed;
        this.listener = listener;
        this.topology = topology;
        this.node = node;
        this.address = topology.address(node);
        this.sharded = topology.isCluster();
        thread = new Thread(this::run, "redis-feed-" + node);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    HostAndPort node() {
        return node;
    }

    /** Whether the node had this address when the subscription began. */
    boolean leadsTo(HostAndPort now) {
        return address.equals(now);
    }

    /** Whether the node has answered. */
    boolean isUp() {
        return up;
    }

    void subscribe(String channel) {
        send(new Sent(Kind.SUBSCRIBE, channel));
    }

    void unsubscribe(String channel) {
        send(new Sent(Kind.UNSUBSCRIBE, channel));
    }

    /** Asks for a sign of life, and ends where there was none for too long. */
    void check() {
        if (System.nanoTime() - heard > SILENCE.toNanos()) {
            LOG.warn("Redis node {} is silent", node);
            end();
        } else {
            send(new Sent(Kind.PING, ""));
        }
    }

    synchronized void end() {
        ended = true;
        if (connection != null) {
            try {
                connection.forceDisconnect();
            } catch (IOException e) {
                LOG.debug("the connection was closed already", e);
            }
        }
    }

    private void run() {
        String problem = "the connection has ended";
        try (Connection own = topology.connect(node)) {
            follow(own);
        } catch (JedisException e) {
            problem = String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The subscription to {} failed", node, e);
            problem = String.valueOf(e);
        } finally {
            up = false;
            end();
            feed.down(this, problem);
        }
    }

    private void follow(Connection own) {
        try {
            own.setTimeoutInfinite();
            heard = System.nanoTime();
            begin(own);
            while (!isEnded()) {
                read(own);
            }
        } finally {
            // Nobody else can use it now.
            own.setBroken();
        }
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void begin(Connection own) {
        connection = own;
        waiting.addFirst(new Sent(Kind.PING, ""));
        pump();
    }

    private synchronized void send(Sent command) {
        if (ended) {
            return;
        }
        waiting.add(command);
        try {
            pump();
        } catch (JedisException e) {
            // The thread that reads notices as well.
            end();
        }
    }

    private void pump() {
        if (connection == null || ended) {
            return;
        }
        boolean any = false;
        while (!waiting.isEmpty() && unanswered.size() < MOST_UNANSWERED) {
            Sent next = waiting.poll();
            unanswered.add(next);
            Command command = command(next.kind);
            if (next.kind == Kind.PING) {
                connection.sendCommand(command);
            } else {
                connection.sendCommand(command, next.channel);
            }
            any = true;
        }
        if (any) {
            // Reads nothing, and sends what is buffered.
            connection.getMany(0);
        }
    }

    private Command command(Kind kind) {
        return switch (kind) {
            case SUBSCRIBE -> sharded ? Command.SSUBSCRIBE : Command.SUBSCRIBE;
            case UNSUBSCRIBE -> sharded ? Command.SUNSUBSCRIBE : Command.UNSUBSCRIBE;
            case PING -> Command.PING;
        };
    }

    private void read(Connection own) {
        Object reply;
        try {
            reply = own.getUnflushedObject();
        } catch (JedisDataException refusal) {
            heard = System.nanoTime();
            refused(refusal);
            return;
        }
        heard = System.nanoTime();
        if (!(reply instanceof List<?> parts)) {
            pong();
            return;
        }
        String channel = Reply.Answer.text(parts.get(1));
        switch (Reply.Answer.text(parts.get(0)).toLowerCase(Locale.ROOT)) {
            case "message", "smessage" ->
                    listener.onMessage(channel, Reply.Answer.text(parts.get(2)));
            case "subscribe", "ssubscribe" -> {
                answered(new Sent(Kind.SUBSCRIBE, channel));
                if (feed.taken(this, channel)) {
                    listener.onSubscribed(channel);
                }
            }
            case "unsubscribe", "sunsubscribe" -> {
                if (!answered(new Sent(Kind.UNSUBSCRIBE, channel))) {
                    feed.gone(this, channel);
                }
            }
            default -> pong();
        }
    }

    /** What was sent before a ping has been answered. */
    private void pong() {
        synchronized (this) {
            while (!unanswered.isEmpty() && unanswered.poll().kind != Kind.PING) {
                continue;
            }
            pump();
        }
        if (!up) {
            up = true;
            feed.up(this);
        }
    }

    /** Whether it is the answer to a command; otherwise the node has acted by itself. */
    private synchronized boolean answered(Sent command) {
        boolean wasAsked = unanswered.remove(command);
        pump();
        return wasAsked;
    }

    /** Errors come in the order of the commands, and name none. */
    private void refused(JedisDataException refusal) {
        Sent command;
        synchronized (this) {
            command = unanswered.poll();
            boolean isOld = String.valueOf(refusal.getMessage()).startsWith("ERR unknown command");
            if (isOld && command != null && command.kind == Kind.SUBSCRIBE) {
                sharded = false;
                waiting.addFirst(command);
                command = null;
            } else if (!(refusal instanceof JedisMovedDataException) && !reported) {
                reported = true;
                LOG.warn("Redis node {} refuses: {}", node, refusal.getMessage());
            }
            pump();
        }
        if (command == null || command.kind != Kind.SUBSCRIBE) {
            return;
        }
        if (refusal instanceof JedisMovedDataException) {
            feed.gone(this, command.channel);
        } else {
            feed.refused(this, command.channel);
        }
    }
}
