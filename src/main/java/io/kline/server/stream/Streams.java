package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.Store;
import io.kline.server.api.CachedSymbols;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisFeed;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
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

    private static final int MOST_MISSED = 1_000;
    private static final long RETRY_MILLIS = 500;
    private static final int READERS = 4;

    private final CandleQuery query;
    private final CachedSymbols symbols;
    private final InstantSource clock;
    private final Map<String, Channel> channels = new ConcurrentHashMap<>();

    /** Several, since a node that hangs keeps one of them waiting. */
    private final ScheduledExecutorService reader =
            Executors.newScheduledThreadPool(READERS, task -> new Thread(task, "streams-catch-up"));

    private final ExecutorService leaver =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "streams-leave"));

    /** Once it is shut down, nothing waits any more. */
    private final ScheduledExecutorService timer =
            new ScheduledThreadPoolExecutor(
                    1,
                    task -> new Thread(task, "streams-order"),
                    new ThreadPoolExecutor.DiscardPolicy());

    private final RedisFeed feed;

    private record Channel(String symbol, Interval interval, LiveSeries series) {}

    /**
     * @param query the stores
     * @param symbols what the stores know
     * @param feed where the channels are subscribed to
     */
    Streams(CandleQuery query, CachedSymbols symbols, RedisFeed feed, InstantSource clock) {
        this.query = query;
        this.symbols = symbols;
        this.feed = feed;
        this.clock = clock;
        feed.start(this);
    }

    /** How many channels somebody wants. */
    int channels() {
        return channels.size();
    }

    void subscribe(StreamClient client, StreamName name) {
        channels.compute(
                name.channel(),
                (key, known) -> {
                    Channel channel = known;
                    if (channel == null) {
                        channel =
                                new Channel(
                                        name.symbol(),
                                        name.interval(),
                                        new LiveSeries(name.interval(), clock, timer));
                        feed.subscribe(key);
                    }
                    channel.series.add(client, name);
                    return channel;
                });
    }

    void unsubscribe(StreamClient client, StreamName name) {
        channels.computeIfPresent(
                name.channel(),
                (key, channel) -> {
                    channel.series.remove(client, name);
                    if (channel.series.isWanted()) {
                        return channel;
                    }
                    feed.unsubscribe(key);
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
        catchUp(key, 0);
    }

    @Override
    public void onMessage(String key, String kline) {
        Channel channel = channels.get(key);
        if (channel == null) {
            channel = opening(key);
        }
        if (channel == null) {
            return;
        }
        try {
            channel.series.accept(KlineJson.read(kline));
        } catch (IllegalArgumentException e) {
            LOG.warn("Passed over what is not a kline on the channel {}", key);
        }
    }

    @Override
    public void close() {
        feed.close();
        reader.shutdownNow();
        leaver.shutdownNow();
        timer.shutdownNow();
    }

    /**
     * The channel of a key, or null. Waits for the subscriber that is just opening it: Redis may
     * answer sooner than that one returns.
     */
    private Channel opening(String key) {
        return channels.computeIfPresent(key, (any, open) -> open);
    }

    /** Reads what was missed, again and again until Redis has answered. */
    private void catchUp(String key, long delayMillis) {
        if (!reader.isShutdown()) {
            reader.schedule(
                    () -> {
                        Channel channel = opening(key);
                        if (channel != null && !hasCaughtUp(channel)) {
                            catchUp(key, RETRY_MILLIS);
                        }
                    },
                    delayMillis,
                    TimeUnit.MILLISECONDS);
        }
    }

    private boolean hasCaughtUp(Channel channel) {
        try {
            Long since = channel.series.rememberedSince();
            // What nobody has traded is no reason to ask the stores.
            if (since == null && !symbols.isKnown(channel.symbol)) {
                return true;
            }
            return (since == null || pass(channel, new Range(since, null, MOST_MISSED)))
                    && pass(channel, Range.newest(1));
        } catch (QueryException e) {
            LOG.warn("{} {}: {}", channel.symbol, channel.interval, e.getMessage());
            return false;
        } catch (RuntimeException e) {
            LOG.error("{} {}: cannot catch up", channel.symbol, channel.interval, e);
            return true;
        }
    }

    /** Passes stored candles on, and returns whether Redis was asked for them. */
    private boolean pass(Channel channel, Range range) {
        QueryResult<List<Candle>> answer = query.range(channel.symbol, channel.interval, range);
        answer.value().forEach(channel.series::accept);
        return !answer.missing().contains(Store.REDIS);
    }
}
