package io.kline.tools.cluster;

import io.kline.config.RedisSettings;
import io.kline.store.redis.RedisProviders;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/** The channels of one server, of all symbols. Listens again when the connection ends. */
final class AllChannels implements Closeable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final long PAUSE_MILLIS = 100;

    private final ConnectionProvider provider;
    private final Listener listener;
    private final Thread thread = new Thread(this::listen, "kline-channels");
    private volatile boolean closed;

    /**
     * Begins to listen.
     *
     * @param messages called by one thread
     */
    AllChannels(RedisSettings settings, Consumer<String> messages) {
        this.provider = new RedisProviders(settings, 1, TIMEOUT).any();
        this.listener = new Listener(messages);
        thread.setDaemon(true);
        thread.start();
    }

    private void listen() {
        while (!closed) {
            try (Connection connection = provider.getConnection()) {
                listener.proceedWithPatterns(connection, "kline:*");
            } catch (JedisException e) {
                try {
                    TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        thread.interrupt();
        if (listener.isSubscribed()) {
            listener.punsubscribe();
        }
        try {
            thread.join(TIMEOUT.toMillis());
            provider.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IOException("cannot close the connection to Redis", e);
        }
    }

    private static final class Listener extends JedisPubSub {

        private final Consumer<String> messages;

        Listener(Consumer<String> messages) {
            this.messages = messages;
        }

        @Override
        public void onPMessage(String pattern, String channel, String message) {
            messages.accept(message);
        }
    }
}
