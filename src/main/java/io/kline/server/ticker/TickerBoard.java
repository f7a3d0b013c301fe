package io.kline.server.ticker;

import io.kline.config.RedisSettings;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.query.CandleQuery;
import io.kline.query.QueryException;
import io.kline.query.Store;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Intervals;
import io.kline.server.precision.SymbolSteps;
import io.kline.store.DaemonThread;
import io.kline.store.KlineJson;
import io.kline.store.redis.RedisFeed;
import io.kline.store.redis.RedisKeys;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rolling windows of all known symbols: read from the stores, kept current by the Redis
 * channels of their minutes. A subscription of its own, since it wants every symbol whatever
 * clients want. Where candles of a minute are not stored, or nobody wants tickers, it is empty.
 */
public final class TickerBoard implements AutoCloseable, RedisFeed.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(TickerBoard.class);

    private static final long PERIOD_MILLIS = 1_000;

    private final CachedSymbols symbols;
    private final Interval minute;
    private final SymbolSteps steps;
    private final RedisFeed feed;
    private final WindowLoader loader;
    private final Map<String, TickerWindow> bySymbol = new ConcurrentSkipListMap<>();
    private final Map<String, TickerWindow> byChannel = new ConcurrentHashMap<>();
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("ticker-symbols"));

    /**
     * Begins to follow the symbols.
     *
     * @param isOn whether it follows any
     * @param steps learns from all minutes
     */
    public TickerBoard(
            boolean isOn,
            CandleQuery query,
            CachedSymbols symbols,
            RedisSettings redis,
            Intervals intervals,
            SymbolSteps steps,
            InstantSource clock,
            MeterRegistry metrics) {
        this.symbols = symbols;
        this.steps = steps;
        minute = isOn ? new WindowQuery(query, intervals).minute().orElse(null) : null;
        feed = new RedisFeed(redis);
        loader = new WindowLoader(query, minute, clock, steps);
        Gauge.builder("kline.tickers.loaded", this, TickerBoard::loaded)
                .description("Symbols whose day has been read from the stores")
                .register(metrics);
        if (minute != null) {
            feed.start(this);
            watch.scheduleWithFixedDelay(this::follow, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Whether it follows the symbols. */
    boolean isOn() {
        return minute != null;
    }

    /** Whether it follows the symbols, and not all live candles come in. */
    public boolean isBlind() {
        return isOn() && !feed.hasAll();
    }

    /** Whether nothing is missing of a symbol that came in. */
    public boolean isLive(String symbol) {
        TickerWindow ticker = bySymbol.get(symbol);
        return ticker != null && isConnected(symbol) && !ticker.isBehind;
    }

    /** The symbols on the board, sorted. */
    public Collection<String> symbols() {
        return bySymbol.keySet();
    }

    /**
     * The 24 hours before a time; nothing where the stores have not been asked yet.
     *
     * @param now ms
     */
    public Optional<TickerStats> stats(String symbol, long now) {
        return loaded(symbol).flatMap(ticker -> ticker.window.stats(now));
    }

    /**
     * The average price of the last minutes; nothing where the stores have not been asked yet.
     *
     * @param now ms
     */
    public Optional<AveragePrice> average(String symbol, long now) {
        return loaded(symbol).flatMap(ticker -> ticker.window.average(now, AveragePrice.MINUTES));
    }

    /**
     * A number that grows when the figures of a symbol change; nothing where there are none yet.
     *
     * @param now ms
     */
    public Optional<Long> changes(String symbol, long now) {
        return loaded(symbol).map(ticker -> ticker.window.changes(now));
    }

    /** Stores that could not be asked for a symbol. */
    public Set<Store> missing(String symbol) {
        Set<Store> missing = EnumSet.noneOf(Store.class);
        loaded(symbol).ifPresent(ticker -> missing.addAll(ticker.missing));
        if (!isConnected(symbol) || loaded(symbol).isPresent() && !isLive(symbol)) {
            missing.add(Store.REDIS);
        }
        return missing;
    }

    @Override
    public void onSubscribed(String channel) {
        TickerWindow ticker = byChannel.get(channel);
        if (ticker != null) {
            ticker.isBehind = ticker.isLoaded;
            loader.load(ticker);
        }
    }

    @Override
    public void onMessage(String channel, String kline) {
        TickerWindow ticker = byChannel.get(channel);
        if (ticker == null) {
            return;
        }
        try {
            Candle candle = KlineJson.read(kline);
            ticker.window.accept(candle);
            steps.accept(candle);
        } catch (IllegalArgumentException e) {
            LOG.warn("Passed over what is not a kline on the channel {}", channel);
        }
    }

    @Override
    public void close() {
        watch.shutdownNow();
        feed.close();
        loader.close();
    }

    private Optional<TickerWindow> loaded(String symbol) {
        return Optional.ofNullable(bySymbol.get(symbol)).filter(ticker -> ticker.isLoaded);
    }

    private long loaded() {
        return bySymbol.values().stream().filter(ticker -> ticker.isLoaded).count();
    }

    private boolean isConnected(String symbol) {
        return isOn() && feed.isConnected(channel(symbol));
    }

    private String channel(String symbol) {
        return RedisKeys.latest(symbol, minute.code());
    }

    private void review(TickerWindow ticker) {
        if (!isConnected(ticker.symbol)) {
            ticker.isBehind = ticker.isLoaded;
        } else if (ticker.isBehind && !ticker.isCatchingUp) {
            // Of a Cluster another node was away, or this one could not be read.
            loader.catchUp(ticker);
        }
        if (ticker.window.isLost()) {
            LOG.warn("{}: the clock was ahead; its day is read again", ticker.symbol);
            ticker.isLoaded = false;
            ticker.window.refill();
            loader.load(ticker);
        }
    }

    private void follow() {
        try {
            bySymbol.values().forEach(this::review);
            List<String> known = symbols.all().value();
            for (String symbol : known) {
                if (!bySymbol.containsKey(symbol)) {
                    TickerWindow ticker = new TickerWindow(symbol);
                    String channel = channel(symbol);
                    bySymbol.put(symbol, ticker);
                    byChannel.put(channel, ticker);
                    // What is stored can be told before Redis is there.
                    loader.load(ticker);
                    feed.subscribe(channel);
                }
            }
        } catch (QueryException e) {
            LOG.debug("asked again in a moment", e);
        } catch (RuntimeException e) {
            LOG.error("The symbols cannot be followed", e);
        }
    }
}
