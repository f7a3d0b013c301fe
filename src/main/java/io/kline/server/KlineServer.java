package io.kline.server;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.kline.query.CandleQuery;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Intervals;
import io.kline.server.api.KnownSymbols;
import io.kline.server.binance.ExchangeInfoApi;
import io.kline.server.binance.GeneralApi;
import io.kline.server.binance.KlinesApi;
import io.kline.server.binance.QuoteAssets;
import io.kline.server.own.HealthApi;
import io.kline.server.own.OwnApi;
import io.kline.server.udf.UdfApi;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Answers over HTTP and WebSocket what the stores know. */
public final class KlineServer implements AutoCloseable {

    private final CandleQuery query;
    private final Javalin http;

    private KlineServer(CandleQuery query, Javalin http) {
        this.query = query;
        this.http = http;
    }

    /**
     * Starts one; succeeds although a store is away.
     *
     * @throws io.javalin.util.JavalinBindException if it cannot listen there
     */
    public static KlineServer start(ServerSettings settings) {
        CandleQuery query = CandleQuery.open(settings.query());
        Routes routes =
                new Routes(
                        endpoints(settings, query, Clock.systemUTC()),
                        new Intervals(settings.query().intervals()),
                        new RateLimit(settings.rateLimit()),
                        new ClientAddress(settings.trustedProxies()));
        Javalin http = Javalin.create(config -> configure(config, settings, routes));
        http.start(settings.host(), settings.port());
        return new KlineServer(query, http);
    }

    /** The port that it listens on. */
    public int port() {
        return http.port();
    }

    /** Lets running requests end, and stops. */
    @Override
    public void close() {
        http.stop();
        query.close();
    }

    private static List<Endpoint> endpoints(
            ServerSettings settings, CandleQuery query, Clock clock) {
        KnownSymbols symbols = new KnownSymbols(query);
        QuoteAssets assets = new QuoteAssets(settings.quoteAssets());
        return Stream.of(
                        new GeneralApi(clock).endpoints(),
                        new ExchangeInfoApi(symbols, assets, settings.rateLimit(), clock)
                                .endpoints(),
                        new KlinesApi(query, symbols).endpoints(),
                        new OwnApi(query, symbols).endpoints(),
                        new UdfApi(query, symbols, settings.query().intervals(), clock).endpoints(),
                        new HealthApi(query, () -> true).endpoints())
                .flatMap(List::stream)
                .toList();
    }

    private static void configure(JavalinConfig config, ServerSettings settings, Routes routes) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        Pages.addTo(config);
        routes.addTo(config.routes);
    }
}
