package io.kline.server;

import io.kline.query.QuerySettings;
import java.util.List;

/** Settings of a server on a free port for one test. */
final class TestServer {

    private static final int PLENTY = 1_000_000;

    private TestServer() {}

    static ServerSettings settings(QuerySettings query) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of("USDT", "BTC"),
                List.of(),
                List.of(),
                PLENTY,
                1_000,
                1_000,
                query);
    }
}
