package io.kline.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.kline.query.CandleQuery;
import io.kline.server.api.CachedSymbols;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Intervals;
import io.kline.server.binance.ExchangeInfoApi;
import io.kline.server.binance.GeneralApi;
import io.kline.server.binance.KlinesApi;
import io.kline.server.binance.QuoteAssets;
import io.kline.server.binance.SymbolInfos;
import io.kline.server.own.CompletenessApi;
import io.kline.server.own.ConfigApi;
import io.kline.server.own.CsvApi;
import io.kline.server.own.HealthApi;
import io.kline.server.own.OpenApi;
import io.kline.server.own.OwnApi;
import io.kline.server.precision.SymbolSteps;
import io.kline.server.stream.StreamServer;
import io.kline.server.ticker.DayTickerApi;
import io.kline.server.ticker.TickerBoard;
import io.kline.server.ticker.WindowQuery;
import io.kline.server.ticker.WindowTickerApi;
import io.kline.server.udf.UdfApi;
import io.kline.server.wsapi.ApiServer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.component.LifeCycle;

/** Answers over HTTP and WebSocket what the stores know. */
public final class KlineServer implements AutoCloseable {

    /** Enough for a path with the names of as many streams as a connection may have. */
    private static final int LONGEST_HEAD = 48 << 10;

    private static final long LONGEST_BODY = 1024;

    /** How long the head of a request may take. */
    private static final Duration HEAD_PATIENCE = Duration.ofSeconds(10);

    /** How long 64 KB of an answer may take. */
    private static final Duration READ_PATIENCE = Duration.ofSeconds(30);

    /** Bytes a second of an answer that a client has to take. */
    private static final int LEAST_RATE = 6 << 10;

    /** How long running requests have when the server stops, ms. */
    private static final long STOP_MILLIS = 5_000;

    private final ServerSettings settings;
    private final ServerMetrics metrics = new ServerMetrics();
    private final CandleQuery query;
    private final TickerBoard board;
    private final StreamServer streams;
    private final ApiServer requests;
    private final List<Endpoint> endpoints;
    private final Javalin http;
    private final ClientAddress client;
    private final SlowHeads slowHeads = new SlowHeads(HEAD_PATIENCE);
    private final SlowReaders slowReaders = new SlowReaders(READ_PATIENCE, LEAST_RATE);
    private MetricsServer metricsHttp;

    private KlineServer(ServerSettings settings, StreamServer.Limits limits) {
        this.settings = settings;
        Clock clock = Clock.systemUTC();
        Intervals intervals = new Intervals(settings.query().intervals());
        client = new ClientAddress(settings.trustedProxies());
        Admission admission = new Admission(settings, client);
        query = CandleQuery.open(settings.query());
        CachedSymbols symbols = new CachedSymbols(query, settings.query().timeout());
        SymbolSteps steps = new SymbolSteps(query, settings.query().intervals(), settings.steps());
        board =
                new TickerBoard(
                        settings.tickers(),
                        query,
                        symbols,
                        settings.query().redis(),
                        intervals,
                        steps,
                        clock,
                        metrics.registry());
        streams =
                new StreamServer(
                        query,
                        symbols,
                        settings.query().redis(),
                        board,
                        intervals,
                        limits,
                        request -> admission.admitSocket(request).allowance(),
                        clock,
                        metrics.registry());
        endpoints = endpoints(symbols, steps, intervals, clock);
        requests =
                new ApiServer(
                        endpoints,
                        intervals,
                        settings.limits().weight(),
                        admission::admitSocket,
                        clock,
                        metrics.registry());
        Routes routes =
                new Routes(endpoints, intervals, admission, new LongBody(slowReaders), metrics);
        http = Javalin.create(config -> configure(config, routes));
    }

    /**
     * Starts one; succeeds although a store is away.
     *
     * @throws io.javalin.util.JavalinBindException if it cannot listen there
     */
    public static KlineServer start(ServerSettings settings) {
        return start(settings, StreamServer.Limits.of(settings.limits().queuedMessages()));
    }

    static KlineServer start(ServerSettings settings, StreamServer.Limits limits) {
        KlineServer server = new KlineServer(settings, limits);
        try {
            server.startMetrics();
            server.http.start(settings.host(), settings.port());
            return server;
        } catch (RuntimeException e) {
            server.closeStores();
            throw e;
        }
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    private void startMetrics() {
        if (settings.metricsPort() > 0) {
            metricsHttp =
                    new MetricsServer(settings.host(), settings.metricsPort(), metrics::scrape);
        }
    }

    /** All that it answers over HTTP, but for files. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Notifies the clients of streams, lets running requests end, and stops. */
    @Override
    public void close() {
        requests.shutDown();
        streams.shutDown();
        http.stop();
        closeStores();
    }

    private void closeStores() {
        requests.close();
        streams.close();
        board.close();
        query.close();
        metrics.close();
        slowHeads.close();
        slowReaders.close();
        if (metricsHttp != null) {
            metricsHttp.close();
        }
    }

    private List<Endpoint> endpoints(
            CachedSymbols symbols, SymbolSteps steps, Intervals intervals, Clock clock) {
        SymbolInfos infos = new SymbolInfos(new QuoteAssets(settings.quoteAssets()), steps);
        WindowQuery windows = new WindowQuery(query, intervals);
        return Stream.of(
                        new GeneralApi(clock).endpoints(),
                        new ExchangeInfoApi(
                                        symbols,
                                        infos,
                                        settings.limits().weight(),
                                        settings.query().offset(),
                                        clock)
                                .endpoints(),
                        new KlinesApi(query, symbols).endpoints(),
                        new DayTickerApi(board, query, windows, symbols, clock).endpoints(),
                        new WindowTickerApi(windows, symbols, intervals.offset(), clock)
                                .endpoints(),
                        new OwnApi(query, symbols).endpoints(),
                        new CompletenessApi(query, symbols).endpoints(),
                        new CsvApi(query, symbols, clock).endpoints(),
                        new ConfigApi(settings.query()).endpoints(),
                        new UdfApi(query, symbols, steps, settings.query().intervals(), clock)
                                .endpoints(),
                        new HealthApi(query, streams::isLive).endpoints(),
                        settings.metricsPort() == 0 ? metrics.endpoints() : List.<Endpoint>of(),
                        new OpenApi().endpoints())
                .flatMap(List::stream)
                .toList();
    }

    private void configure(JavalinConfig config, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        // One path, one endpoint, one weight.
        config.router.ignoreTrailingSlashes = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LONGEST_BODY;
        config.jetty.modifyServer(this::configure);
        config.jetty.modifyHttpConfiguration(KlineServer::configure);
        config.jetty.modifyServletContextHandler(this::configure);
        SecurityHeaders.addTo(config, settings.corsOrigins());
        StaticFiles.addTo(config);
        routes.addTo(config);
    }

    private void configure(Server server) {
        server.addBean(new NetworkConnectionLimit(settings.limits().connections(), server));
        ConnectionsPerAddress perAddress =
                new ConnectionsPerAddress(settings.limits().connectionsPerAddress(), client);
        server.addEventListener(
                new LifeCycle.Listener() {
                    @Override
                    public void lifeCycleStarting(LifeCycle starting) {
                        for (Connector connector : server.getConnectors()) {
                            connector.addEventListener(perAddress);
                            connector.addEventListener(slowHeads);
                            if (connector instanceof ServerConnector tcp) {
                                tcp.setAcceptedSendBufferSize(SlowReaders.SEND_BUFFER);
                            }
                        }
                    }
                });
        server.setErrorHandler(new JsonErrors());
        server.insertHandler(new GracefulHandler());
        server.setStopTimeout(STOP_MILLIS);
    }

    private static void configure(HttpConfiguration http) {
        http.setRequestHeaderSize(LONGEST_HEAD);
    }

    private void configure(ServletContextHandler context) {
        context.setErrorHandler(new JsonErrors());
        streams.addTo(context);
        requests.addTo(context);
    }
}
