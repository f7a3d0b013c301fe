package io.kline.server.stream;

import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.server.api.CachedSymbols;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisFeed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads candles from their Redis channels to the clients that want them. A channel is subscribed to
 * as long as one client wants it. Where it begins, and again after Redis was away, the candles
 * since the last known one are read from the stores: nothing that was missed stays missing.
 */
final class Streams implements AutoCloseable, RedisFeed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private static final int READERS = 4;

    /** How often it is looked whether a symbol has become known. */
    private static final long FOLLOW_MILLIS = 1_000;

    private final CachedSymbols symbols;
    private final InstantSource clock;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();

    /** Several, since a node that hangs keeps one of them waiting. */
    private final ScheduledExecutorService reader =
            Executors.newScheduledThreadPool(READERS, task -> new Thread(task, "streams-catch-up"));

    /** Not those that read: a store that hangs keeps it waiting for the symbols. */
    private final ScheduledExecutorService follower =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "streams-follow"));

    private final ExecutorService leaver =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "streams-leave"));

    private final ScheduledExecutorService timer = LiveSeries.timer();
    private final MissedCandles missed;
    private final RedisFeed feed;

    /**
     * @param query the stores
     * @param symbols what the stores know
     * @param feed where the channels are subscribed to
     */
    Streams(
            CandleQuery query,
            CachedSymbols symbols,
            RedisFeed feed,
            InstantSource clock,
            MeterRegistry metrics) {
        this.symbols = symbols;
        this.feed = feed;
        this.clock = clock;
        Counter gaps =
                Counter.builder("kline.websocket.gaps")
                        .description("Streams that went on without what MySQL alone had")
                        .register(metrics);
        missed = new MissedCandles(query, clock, reader, this::opening, gaps);
        feed.start(this);
        follower.scheduleWithFixedDelay(
                this::followAll, FOLLOW_MILLIS, FOLLOW_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** How many channels somebody wants. */
    int channels() {
        return channels.size();
    }

    void subscribe(StreamClient client, StreamName name) {
        channels.compute(
                name.channel(),
                (key, known) -> {
                    Channel channel =
                            known == null
                                    ? new Channel(name.symbol(), name.source(), this::series)
                                    : known;
                    if (channel.add(client, name)) {
                        missed.read(key, channel);
                    }
                    if (known == null) {
                        followSoon(key);
                    }
                    return channel;
                });
    }

    void unsubscribe(StreamClient client, StreamName name) {
        channels.computeIfPresent(
                name.channel(),
                (key, channel) -> {
                    channel.remove(client, name);
                    if (channel.isWanted()) {
                        return channel;
                    }
                    if (channel.isFollowed()) {
                        feed.unsubscribe(key);
                    }
                    return null;
                });
    }

    /**
     * Does what a client that is gone leaves to be done; later, on a thread of its own, since a
     * connection may be found broken while a candle is passed on, with locks held.
     */
    void leave(Runnable unsubscribeAll) {
        if (!leaver.isShutdown()) {
            leaver.execute(unsubscribeAll);
        }
    }

    @Override
    public void onSubscribed(String key) {
        Channel channel = channel(key);
        if (channel != null) {
            channel.hold();
            missed.read(key, channel);
            channel.heard(clock.millis());
        }
    }

    @Override
    public void onLost(String key) {
        Channel channel = channel(key);
        if (channel != null) {
            channel.lose();
        }
    }

    @Override
    public void onMessage(String key, String kline) {
        Channel channel = channel(key);
        if (channel == null) {
            return;
        }
        try {
            channel.accept(KlineJson.read(kline));
            channel.heard(clock.millis());
        } catch (IllegalArgumentException e) {
            LOG.warn("Passed over what is not a kline on the channel {}", key);
        }
    }

    @Override
    public void close() {
        feed.close();
        reader.shutdownNow();
        follower.shutdownNow();
        leaver.shutdownNow();
        timer.shutdownNow();
    }

    private Channel channel(String key) {
        Channel known = channels.get(key);
        return known == null ? opening(key) : known;
    }

    /**
     * The channel of a key, or null. Waits for the subscriber that is just opening it: Redis may
     * answer sooner than that one returns.
     */
    private Channel opening(String key) {
        return channels.computeIfPresent(key, (any, open) -> open);
    }

    private LiveSeries series(Interval interval) {
        return new LiveSeries(interval, clock, timer);
    }

    private void followSoon(String key) {
        if (!follower.isShutdown()) {
            follower.execute(() -> follow(key));
        }
    }

    private void followAll() {
        channels.forEach(
                (key, channel) -> {
                    if (!channel.isFollowed()) {
                        follow(key);
                    }
                });
    }

    /**
     * Subscribes to a channel if its symbol is known: whoever makes up names costs Redis nothing.
     */
    private void follow(String key) {
        Channel wanted = opening(key);
        if (wanted == null || !isKnown(wanted.symbol())) {
            return;
        }
        channels.computeIfPresent(
                key,
                (same, channel) -> {
                    if (!channel.isFollowed()) {
                        channel.follow();
                        feed.subscribe(key);
                    }
                    return channel;
                });
    }

    private boolean isKnown(String symbol) {
        try {
            return symbols.isKnown(symbol);
        } catch (QueryException e) {
            LOG.debug("the symbols are not known", e);
            return false;
        } catch (RuntimeException e) {
            LOG.error("the symbols cannot be read", e);
            return false;
        }
    }
}
