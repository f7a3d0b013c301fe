package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitITCase {

    private static final int LIMIT = 60;

    @RegisterExtension
    static final TestServer server = new TestServer(TestStores::filled, RateLimitITCase::limited);

    @Test
    void aClientThatAsksTooMuchIsToldWhenToComeBack() throws Exception {
        assertThat(used(get("9.9.9.9", "/api/v3/exchangeInfo"))).isEqualTo(20);
        assertThat(used(get("9.9.9.9", "/api/v3/exchangeInfo"))).isBetween(38L, 40L);
        HttpResponse<String> response = get("9.9.9.9", "/api/v3/exchangeInfo");
        while (response.statusCode() == 200) {
            response = get("9.9.9.9", "/api/v3/exchangeInfo");
        }
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body())
                .isEqualTo(
                        "{\"code\":-1003,\"msg\":\"Too much request weight used; current limit is 60 request weight per"
                                + " 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.\"}");
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 60);
        assertThat(get("1.1.1.1, 8.8.8.8", "/api/v3/ping").statusCode()).isEqualTo(200);
        assertThat(get("8.8.8.8, 9.9.9.9", "/api/v3/exchangeInfo").statusCode()).isEqualTo(429);
    }

    @Test
    void aProxysOwnLineIsTheOneThatCounts() throws Exception {
        HttpResponse<String> first =
                server.client()
                        .get(
                                "/api/v3/exchangeInfo",
                                "X-Forwarded-For",
                                "6.6.6.6",
                                "X-Forwarded-For",
                                "7.7.7.7");
        assertThat(used(first)).isEqualTo(20);
        assertThat(used(get("7.7.7.7", "/api/v3/exchangeInfo"))).isBetween(38L, 40L);
    }

    @Test
    void noOtherSpellingOfAPathIsCheaper() throws Exception {
        assertThat(get("5.5.5.5", "/api/v3/exchangeInfo/").statusCode()).isEqualTo(404);
    }

    private static ServerSettings limited(ServerSettings usual) {
        return new ServerSettings(
                usual.host(),
                usual.port(),
                usual.quoteAssets(),
                usual.corsOrigins(),
                List.of("127.0.0.1"),
                LIMIT,
                usual.maxConnections(),
                usual.maxQueuedMessages(),
                usual.tickers(),
                usual.steps(),
                usual.query());
    }

    private static HttpResponse<String> get(String address, String path) throws Exception {
        return server.client().get(path, "X-Forwarded-For", address);
    }

    private static long used(HttpResponse<String> response) {
        return Long.parseLong(response.headers().firstValue("X-MBX-USED-WEIGHT-1M").orElseThrow());
    }
}
