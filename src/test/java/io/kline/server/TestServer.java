package io.kline.server;

import io.kline.config.RedisSettings;
import io.kline.query.QuerySettings;
import io.kline.testing.CandleStores;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Real stores, and a server that reads them, for all tests of a class. */
final class TestServer implements BeforeAllCallback, AfterAllCallback {

    /** Stores that hold what the tests read. */
    interface Filled {
        CandleStores open() throws Exception;
    }

    private static final int PLENTY = 1_000_000;

    private final Filled filled;
    private final UnaryOperator<ServerSettings> change;
    private CandleStores stores;
    private KlineServer server;

    TestServer(Filled filled) {
        this(filled, UnaryOperator.identity());
    }

    TestServer(Filled filled, UnaryOperator<ServerSettings> change) {
        this.filled = filled;
        this.change = change;
    }

    /** The same, where the 24 hours of all symbols are kept. */
    static ServerSettings withTickers(ServerSettings usual) {
        return new ServerSettings(
                usual.host(),
                usual.port(),
                usual.quoteAssets(),
                usual.corsOrigins(),
                usual.trustedProxies(),
                usual.metricsPort(),
                usual.limits(),
                true,
                usual.steps(),
                usual.query());
    }

    /** Settings of a server on a free port, without the 24 hours of all symbols. */
    static ServerSettings settings(QuerySettings query, String... corsOrigins) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of("USDT", "BTC"),
                List.of(corsOrigins),
                List.of(),
                0,
                new ServerLimits(PLENTY, 5_000, 5_000, PLENTY, 1_000),
                false,
                Map.of(),
                query);
    }

    /** Settings of a server on a free port, whose Redis is another one. */
    static ServerSettings settings(CandleStores stores, RedisSettings redis) {
        ServerSettings settings = settings(stores.settings());
        return settings.with(CandleStores.settings(redis, settings.query().mysql()));
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        stores = filled.open();
        server = KlineServer.start(change.apply(settings()));
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        // Neither is there where another extension has the class skipped.
        if (server != null) {
            server.close();
            stores.close();
        }
    }

    CandleStores stores() {
        return stores;
    }

    /** What other servers on the same stores begin with. */
    ServerSettings settings() {
        return settings(stores.settings());
    }

    int port() {
        return server.port();
    }

    TestClient client() {
        return new TestClient(server.port());
    }
}
