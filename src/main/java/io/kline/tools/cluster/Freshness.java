package io.kline.tools.cluster;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisProviders;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * Listens to the channels of all candles, and measures the longest pause between two fresh ones. A
 * candle is fresh if its last trade is at most two seconds old. A market with a trade a second at
 * least is needed for a figure that says something.
 */
public final class Freshness implements Closeable {

    private static final long FRESH_MILLIS = 2_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final LongSupplier wallClock;
    private final Listener listener = new Listener();
    private final Thread thread;
    private final ConnectionProvider provider;

    private long last;
    private long longest;
    private long count;

    private Freshness(ConnectionProvider provider, LongSupplier wallClock) {
        this.provider = provider;
        this.wallClock = wallClock;
        last = wallClock.getAsLong();
        thread = new Thread(this::listen, "freshness");
        thread.setDaemon(true);
    }

    /** Begins to listen. On a Cluster any node has all messages. */
    public static Freshness of(RedisSettings settings) {
        ConnectionProvider provider = new RedisProviders(settings, 1, TIMEOUT).any();
        Freshness freshness = new Freshness(provider, System::currentTimeMillis);
        freshness.thread.start();
        return freshness;
    }

    /** The longest pause so far, the one that lasts included. */
    public synchronized Duration longestPause() {
        return Duration.ofMillis(Math.max(longest, wallClock.getAsLong() - last));
    }

    /** Number of fresh candles since it listens. */
    public synchronized long count() {
        return count;
    }

    /** Begins to measure anew. */
    public synchronized void reset() {
        longest = 0;
        last = wallClock.getAsLong();
    }

    private synchronized void seen(Candle candle) {
        long now = wallClock.getAsLong();
        if (candle.isFlat() || now - candle.lastTime() > FRESH_MILLIS) {
            return;
        }
        longest = Math.max(longest, now - last);
        count++;
        last = now;
    }

    private void listen() {
        while (!thread.isInterrupted()) {
            try (Connection connection = provider.getConnection()) {
                listener.proceedWithPatterns(connection, "kline:*");
                return;
            } catch (JedisException e) {
                try {
                    TimeUnit.MILLISECONDS.sleep(100);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        thread.interrupt();
        if (listener.isSubscribed()) {
            listener.punsubscribe();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(2));
            provider.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IOException("cannot close the connection to Redis", e);
        }
    }

    private final class Listener extends JedisPubSub {

        @Override
        public void onPMessage(String pattern, String channel, String message) {
            seen(KlineJson.read(message));
        }
    }
}
