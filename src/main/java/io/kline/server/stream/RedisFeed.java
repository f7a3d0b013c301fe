package io.kline.server.stream;

import io.kline.config.RedisSettings;
import io.kline.store.Backoff;
import io.kline.store.redis.RedisProviders;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * The one connection that is subscribed to channels. On a Cluster any node will do, since each gets
 * every message. It is made anew, with all its channels, whenever it ends or falls silent.
 */
final class RedisFeed implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFeed.class);

    /** A channel that nobody publishes to: without any, a subscription would end. */
    private static final String IDLE = "kline:idle";

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration PING = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(10);
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration LAST_DELAY = Duration.ofSeconds(2);

    private final RedisSettings settings;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "streams-watch"));
    private Listener listener;
    private Thread thread;

    /** The subscription that stands, or null. Guarded by this. */
    private Subscription current;

    private volatile boolean closed;

    RedisFeed(RedisSettings settings) {
        this.settings = settings;
    }

    /** Who follows the channels. */
    interface Listener {

        /** From now on nothing on this channel is missed. */
        void onSubscribed(String channel);

        void onMessage(String channel, String message);
    }

    void start(Listener follower) {
        listener = follower;
        thread = daemon(this::run, "streams-feed");
        thread.start();
        watch.scheduleWithFixedDelay(
                this::check, PING.toMillis(), PING.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether the connection stands. */
    synchronized boolean isConnected() {
        return current != null;
    }

    synchronized void subscribe(String channel) {
        wanted.add(channel);
        if (current != null) {
            current.send(() -> current.subscribe(channel));
        }
    }

    synchronized void unsubscribe(String channel) {
        wanted.remove(channel);
        if (current != null) {
            current.send(() -> current.unsubscribe(channel));
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.shutdownNow();
        synchronized (this) {
            if (current != null) {
                current.end();
            }
        }
        thread.interrupt();
    }

    private void run() {
        Backoff backoff = new Backoff(FIRST_DELAY, LAST_DELAY);
        while (!closed) {
            long began = System.nanoTime();
            String problem = follow();
            if (closed) {
                return;
            }
            if (System.nanoTime() - began > SILENCE.toNanos()) {
                backoff.reset();
            }
            LOG.warn("Live candles stand still, trying again: {}", problem);
            try {
                TimeUnit.MILLISECONDS.sleep(backoff.nextMillis());
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Follows the channels for as long as the connection lasts, and returns why it ended. */
    private String follow() {
        ConnectionProvider provider = null;
        try {
            provider = new RedisProviders(settings, 1, TIMEOUT).any();
            try (Connection connection = provider.getConnection()) {
                new Subscription(connection).proceed(connection, IDLE);
            }
            return "the subscription has ended";
        } catch (JedisException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("The subscription failed", e);
            return String.valueOf(e);
        } finally {
            synchronized (this) {
                current = null;
            }
            close(provider);
        }
    }

    private static void close(ConnectionProvider provider) {
        try {
            if (provider != null) {
                provider.close();
            }
        } catch (Exception e) {
            LOG.debug("connections to Redis were closed already", e);
        }
    }

    private synchronized void check() {
        if (current == null) {
            return;
        }
        if (System.nanoTime() - current.heard > SILENCE.toNanos()) {
            LOG.warn("Redis is silent");
            current.end();
        } else {
            current.send(current::ping);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private final class Subscription extends JedisPubSub {

        private final Connection connection;
        private volatile long heard = System.nanoTime();

        Subscription(Connection connection) {
            this.connection = connection;
        }

        /** Sends a command; if that fails, the thread that reads notices as well. */
        void send(Runnable command) {
            try {
                command.run();
            } catch (JedisException e) {
                end();
            }
        }

        void end() {
            try {
                connection.forceDisconnect();
            } catch (IOException e) {
                LOG.debug("the connection was closed already", e);
            }
        }

        @Override
        public void onSubscribe(String channel, int subscribedChannels) {
            heard = System.nanoTime();
            if (!channel.equals(IDLE)) {
                listener.onSubscribed(channel);
                return;
            }
            synchronized (RedisFeed.this) {
                current = this;
                if (!wanted.isEmpty()) {
                    send(() -> subscribe(wanted.toArray(String[]::new)));
                }
            }
        }

        @Override
        public void onMessage(String channel, String message) {
            heard = System.nanoTime();
            listener.onMessage(channel, message);
        }

        @Override
        public void onPong(String pattern) {
            heard = System.nanoTime();
        }
    }
}
