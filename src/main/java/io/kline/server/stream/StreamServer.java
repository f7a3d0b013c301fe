package io.kline.server.stream;

import io.kline.config.RedisSettings;
import io.kline.query.CandleQuery;
import io.kline.server.api.Allowance;
import io.kline.server.api.ApiError;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Intervals;
import io.kline.server.api.QueryString;
import io.kline.server.api.TimeScale;
import io.kline.server.ticker.TickerBoard;
import io.kline.store.redis.RedisFeed;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;

/**
 * Binance's streams over WebSocket: {@code /ws}, {@code /ws/<stream>[/<stream>…]} and {@code
 * /stream?streams=<stream>[/<stream>…]}.
 *
 * <p>On Jetty's interface, not Javalin's, which reports nothing of pings and pongs: clients without
 * pongs have to be dropped, and pings count as messages.
 */
public final class StreamServer implements AutoCloseable {

    private static final String RAW = "/ws";
    private static final String COMBINED = "/stream";
    private static final String TIME_UNIT = "timeUnit";

    /** Enough for {@value StreamClient#MOST_STREAMS} names in one message. */
    private static final int LONGEST_MESSAGE = 1 << 16;

    /** Nothing, or the number that ccxt gives to each of its connections: no name of a stream. */
    private static final Pattern CONNECTION = Pattern.compile("[0-9]{0,9}");

    private final Intervals intervals;
    private final TickerBoard board;
    private final RedisFeed feed;
    private final Streams streams;
    private final TickerStreams tickers;
    private final StreamClients clients;
    private final Function<HttpServletRequest, Allowance> gate;
    private final InstantSource clock;

    /**
     * When clients are pinged and dropped.
     *
     * @param maxQueuedMessages messages that may wait for one client
     * @param ping how often a client is pinged
     * @param patience how long it may go without a pong
     */
    public record Limits(int maxQueuedMessages, Duration ping, Duration patience) {

        /** With the times of Binance. */
        public static Limits of(int maxQueuedMessages) {
            return new Limits(maxQueuedMessages, Duration.ofSeconds(20), Duration.ofMinutes(1));
        }
    }

    /**
     * @param board the tickers
     * @param gate what a client may ask; throws an {@link ApiError} for who must not connect
     */
    public StreamServer(
            CandleQuery query,
            CachedSymbols symbols,
            RedisSettings redis,
            TickerBoard board,
            Intervals intervals,
            Limits limits,
            Function<HttpServletRequest, Allowance> gate,
            InstantSource clock,
            MeterRegistry metrics) {
        this.board = board;
        this.intervals = intervals;
        this.gate = gate;
        this.clock = clock;
        clients =
                new StreamClients(limits.maxQueuedMessages, limits.ping, limits.patience, metrics);
        feed = new RedisFeed(redis);
        streams = new Streams(query, symbols, feed, clock, metrics);
        tickers = new TickerStreams(board, clock);
        Gauge.builder("kline.websocket.channels", streams, Streams::channels)
                .description("Redis channels that somebody wants")
                .register(metrics);
        Gauge.builder("kline.websocket.live", this, server -> server.isLive() ? 1 : 0)
                .description("Whether live candles come in from Redis")
                .register(metrics);
    }

    /** Adds the paths to a server that has not started yet. */
    public void addTo(ServletContextHandler context) {
        JettyWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> addTo(container));
    }

    /** Whether live candles come in, those for tickers included. */
    public boolean isLive() {
        return feed.hasAll() && !board.isBlind();
    }

    /** Notifies all clients that the server ends, and closes their connections. */
    public void shutDown() {
        clients.shutDown(clock);
    }

    @Override
    public void close() {
        tickers.close();
        streams.close();
        clients.close();
    }

    private void addTo(JettyWebSocketServerContainer container) {
        container.setMaxTextMessageSize(LONGEST_MESSAGE);
        // Pings show who is still there.
        container.setIdleTimeout(Duration.ZERO);
        container.addMapping(RAW, (request, response) -> open(request, response, false));
        container.addMapping(RAW + "/*", (request, response) -> open(request, response, false));
        container.addMapping(COMBINED, (request, response) -> open(request, response, true));
    }

    /** The client, or null for who must not connect or wants streams that there are not. */
    private StreamClient open(
            JettyServerUpgradeRequest request,
            JettyServerUpgradeResponse response,
            boolean combined) {
        // Compression would take a quarter of a megabyte per client.
        response.setExtensions(List.of());
        try {
            try {
                Allowance allowance = gate.apply(request.getHttpServletRequest());
                StreamClient.Asked asked = asked(request.getRequestURI(), combined);
                allowance.use(Topic.weight(asked.streams().size()));
                return new StreamClient(
                        new Subscriptions(streams, tickers), intervals, clients, allowance, asked);
            } catch (ApiError error) {
                request.getHttpServletRequest().setAttribute(ApiError.ATTRIBUTE, error);
                response.sendError(error.status(), error.getMessage());
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private StreamClient.Asked asked(URI uri, boolean combined) {
        // A plus sign is one, since names of streams may have it.
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery().replace("+", "%2B");
        Map<String, List<String>> values = QueryString.values(raw);
        List<String> units = values.getOrDefault(TIME_UNIT, List.of());
        String list =
                combined
                        ? String.join("/", values.getOrDefault("streams", List.of()))
                        : uri.getPath().substring(RAW.length());
        List<Topic> names =
                Arrays.stream(list.split("/"))
                        .filter(name -> !CONNECTION.matcher(name).matches())
                        .distinct()
                        .map(name -> Topic.parse(name, intervals))
                        .map(name -> name.orElseThrow(() -> ApiError.invalid("streams")))
                        .toList();
        if (names.size() > StreamClient.MOST_STREAMS) {
            throw ApiError.invalid("streams");
        }
        return new StreamClient.Asked(
                combined, TimeScale.of(TIME_UNIT, units.isEmpty() ? null : units.get(0)), names);
    }
}
