package io.kline.tools.chaos;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Version;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisProviders;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Connection;
import redis.clients.jedis.JedisPubSub;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.providers.ConnectionProvider;

/** I4: listens to all channels, and notes each candle whose version goes back. */
final class VersionWatch implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final Map<CandleKey, Version> highest = new HashMap<>();
    private final List<String> violations = new ArrayList<>();
    private final ConnectionProvider provider;
    private final Listener listener = new Listener();
    private final Thread thread = new Thread(this::listen, "versions");
    private long messages;

    VersionWatch(RedisSettings settings) {
        provider = new RedisProviders(settings, 1, TIMEOUT).any();
        thread.setDaemon(true);
        thread.start();
    }

    /** What went back since the last call. */
    synchronized List<String> violations() {
        List<String> found = List.copyOf(violations);
        violations.clear();
        return found;
    }

    /** How many messages were seen. */
    synchronized long messages() {
        return messages;
    }

    /** Redis has lost everything: versions may begin anew. */
    synchronized void forget() {
        highest.clear();
    }

    private synchronized void seen(Candle candle) {
        messages++;
        Version version = candle.version();
        Version before = highest.merge(candle.key(), version, VersionWatch::higher);
        if (before.compareTo(version) > 0) {
            violations.add(candle.key() + " went back from " + before + " to " + version);
        }
    }

    private static Version higher(Version a, Version b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    private void listen() {
        while (!thread.isInterrupted()) {
            try (Connection connection = provider.getConnection()) {
                listener.proceedWithPatterns(connection, "kline:*");
            } catch (JedisException e) {
                try {
                    TimeUnit.MILLISECONDS.sleep(200);
                } catch (InterruptedException stop) {
                    return;
                }
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private final class Listener extends JedisPubSub {

        @Override
        public void onPMessage(String pattern, String channel, String message) {
            seen(KlineJson.read(message));
        }
    }
}
