package io.kline.server;

import io.kline.config.HttpOptions;
import io.kline.config.ServerOptions;
import io.kline.query.QuerySettings;
import io.kline.server.precision.Steps;
import io.kline.store.mysql.MysqlLogin;
import java.util.List;
import java.util.Map;

/**
 * Where the server listens, for whom, and what it reads.
 *
 * @param host address to listen on
 * @param port port to listen on, 0 for any
 * @param quoteAssets assets that prices are in
 * @param corsOrigins web pages that may read; {@code *} for all
 * @param trustedProxies addresses whose {@code X-Forwarded-For} is believed
 * @param metricsPort port that metrics are at, 0 for that of all else
 * @param limits how much it does
 * @param tickers whether the 24 hours of all symbols are kept
 * @param steps configured steps of prices and quantities, by symbol
 * @param query the stores
 */
public record ServerSettings(
        String host,
        int port,
        List<String> quoteAssets,
        List<String> corsOrigins,
        List<String> trustedProxies,
        int metricsPort,
        ServerLimits limits,
        boolean tickers,
        Map<String, Steps> steps,
        QuerySettings query) {

    public ServerSettings {
        quoteAssets = List.copyOf(quoteAssets);
        corsOrigins = List.copyOf(corsOrigins);
        trustedProxies = List.copyOf(trustedProxies);
        steps = Map.copyOf(steps);
    }

    /** The settings of the options. */
    public static ServerSettings of(ServerOptions options) {
        HttpOptions http = options.server;
        return new ServerSettings(
                http.host,
                http.port,
                trimmed(http.quoteAssets),
                trimmed(http.corsOrigins),
                trimmed(http.trustedProxies),
                http.metricsPort,
                new ServerLimits(
                        http.rateLimit,
                        http.maxConnections,
                        http.maxConnectionsPerAddress,
                        http.maxNewSockets,
                        http.maxQueuedMessages),
                http.tickers,
                Steps.read(http.symbolSteps),
                new QuerySettings(
                        options.redis.settings(),
                        MysqlLogin.of(options.mysql),
                        options.kline.intervals(),
                        options.kline.zoneOffset,
                        http.storeTimeout,
                        http.storeConnections,
                        http.storeConnections));
    }

    /** The same with other stores. */
    ServerSettings with(QuerySettings stores) {
        return new ServerSettings(
                host,
                port,
                quoteAssets,
                corsOrigins,
                trustedProxies,
                metricsPort,
                limits,
                tickers,
                steps,
                stores);
    }

    /** The same with other limits. */
    ServerSettings with(ServerLimits others) {
        return new ServerSettings(
                host,
                port,
                quoteAssets,
                corsOrigins,
                trustedProxies,
                metricsPort,
                others,
                tickers,
                steps,
                query);
    }

    /** The same on another port. */
    ServerSettings on(int other) {
        return new ServerSettings(
                host,
                other,
                quoteAssets,
                corsOrigins,
                trustedProxies,
                metricsPort,
                limits,
                tickers,
                steps,
                query);
    }

    private static List<String> trimmed(List<String> values) {
        return values.stream().map(String::trim).toList();
    }
}
