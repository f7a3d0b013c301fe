package io.kline.server.wsapi;

import io.kline.server.api.ApiError;
import io.kline.server.api.AtOnce;
import io.kline.server.api.Caller;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Intervals;
import io.kline.server.api.QueryString;
import io.kline.server.api.TimeScale;
import io.kline.store.DaemonThread;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeRequest;
import org.eclipse.jetty.ee10.websocket.server.JettyServerUpgradeResponse;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path {@code /ws-api/v3}, and the connections to it.
 *
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-api.md">WebSocket
 *     API</a>
 */
public final class ApiServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);

    private static final String PATH = "/ws-api/v3";
    private static final String RATE_LIMITS = "returnRateLimits";
    private static final String TIME_UNIT = "timeUnit";

    private static final Duration PING = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final ApiMethods methods;
    private final Function<HttpServletRequest, Caller> admit;
    private final AtOnce underWay = new AtOnce();
    private final InstantSource clock;
    private final Set<ApiSocket> open = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService pings =
            Executors.newSingleThreadScheduledExecutor(DaemonThread.named("wsapi-ping"));

    /**
     * @param endpoints what can be asked
     * @param limit request weight per minute and client
     * @param admit who asks; throws an {@link ApiError} for who must not connect
     */
    public ApiServer(
            List<Endpoint> endpoints,
            Intervals intervals,
            long limit,
            Function<HttpServletRequest, Caller> admit,
            InstantSource clock,
            MeterRegistry metrics) {
        methods = new ApiMethods(endpoints, intervals, limit, clock, metrics);
        this.admit = admit;
        this.clock = clock;
        Gauge.builder("kline.wsapi.clients", open, Set::size)
                .description("Open connections of the WebSocket API")
                .register(metrics);
        pings.scheduleAtFixedRate(
                () -> open.forEach(ApiServer::ping),
                PING.toMillis(),
                PING.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Adds the path to a server that has not started yet. */
    public void addTo(ServletContextHandler context) {
        JettyWebSocketServletContainerInitializer.configure(
                context, (servlets, container) -> container.addMapping(PATH, this::open));
    }

    /** Notifies all clients that the server ends, and closes their connections. */
    public void shutDown() {
        open.forEach(socket -> socket.shutDown(clock.millis()));
    }

    @Override
    public void close() {
        pings.shutdownNow();
    }

    void add(ApiSocket socket) {
        open.add(socket);
    }

    void remove(ApiSocket socket) {
        open.remove(socket);
    }

    /** Whatever is wrong with one of them, the others are pinged, and again. */
    private static void ping(ApiSocket socket) {
        try {
            socket.ping(PATIENCE, LONGEST);
        } catch (RuntimeException e) {
            LOG.error("A client cannot be pinged", e);
        }
    }

    /** The connection, or null for who must not connect. */
    private ApiSocket open(JettyServerUpgradeRequest request, JettyServerUpgradeResponse response) {
        // Compression would take a quarter of a megabyte per client.
        response.setExtensions(List.of());
        try {
            try {
                Caller caller = admit.apply(request.getHttpServletRequest());
                return new ApiSocket(this, methods, client(request, caller), underWay);
            } catch (ApiError error) {
                request.getHttpServletRequest().setAttribute(ApiError.ATTRIBUTE, error);
                response.sendError(error.status(), error.getMessage());
                return null;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ApiClient client(JettyServerUpgradeRequest request, Caller caller) {
        Map<String, List<String>> values = QueryString.values(request.getQueryString());
        List<String> flag = values.getOrDefault(RATE_LIMITS, List.of("true"));
        List<String> units = values.getOrDefault(TIME_UNIT, List.of());
        return new ApiClient(
                caller,
                !flag.get(0).equals("false"),
                TimeScale.of(TIME_UNIT, units.isEmpty() ? null : units.get(0)));
    }
}
