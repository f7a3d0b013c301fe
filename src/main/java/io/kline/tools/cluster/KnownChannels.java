package io.kline.tools.cluster;

import io.kline.config.IntervalOptions;
import io.kline.config.RedisSettings;
import io.kline.store.redis.Call;
import io.kline.store.redis.GuardedRedis;
import io.kline.store.redis.RedisFeed;
import io.kline.store.redis.RedisKeys;
import io.kline.store.redis.Reply;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import redis.clients.jedis.Protocol.Command;

/**
 * The channels of all known symbols and usual intervals of a Cluster, whose messages stay with the
 * node of their slot. A symbol is followed within a second of becoming known.
 */
final class KnownChannels implements Closeable, RedisFeed.Listener {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    private final GuardedRedis redis;
    private final RedisFeed feed;
    private final Consumer<String> messages;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    /**
     * Begins to listen.
     *
     * @param messages called by a thread per node
     */
    KnownChannels(RedisSettings settings, Consumer<String> messages) {
        this.redis = new GuardedRedis(settings, 1, TIMEOUT);
        this.feed = new RedisFeed(settings);
        this.messages = messages;
        feed.start(this);
        watch.scheduleWithFixedDelay(this::followAll, 0, 1, TimeUnit.SECONDS);
    }

    private void followAll() {
        Reply reply = redis.ask(List.of(Call.of(Command.SMEMBERS, RedisKeys.SYMBOLS))).get(0);
        if (reply instanceof Reply.Answer answer) {
            for (Object symbol : (List<?>) answer.value()) {
                String text = Reply.Answer.text(symbol);
                for (String interval : IntervalOptions.DEFAULT_CODES.split(",")) {
                    feed.subscribe(RedisKeys.latest(text, interval));
                }
            }
        }
    }

    @Override
    public void onSubscribed(String channel) {
        // What came before it is not missed.
    }

    @Override
    public void onMessage(String channel, String message) {
        messages.accept(message);
    }

    @Override
    public void close() {
        watch.shutdownNow();
        feed.close();
        redis.close();
    }
}
