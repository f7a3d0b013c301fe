package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.testing.CandleStores;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsPortITCase {

    private static final int PORT = 19_251;

    @Test
    void metricsAreAtThatPortAlone() throws Exception {
        try (CandleStores stores = TestStores.filled();
                KlineServer server = KlineServer.start(settings(stores, PORT))) {
            TestClient clients = new TestClient(server.port());
            TestClient metrics = new TestClient(PORT);
            assertThat(clients.get("/api/v3/ping").statusCode()).isEqualTo(200);
            assertThat(clients.get("/metrics").statusCode()).isEqualTo(404);
            HttpResponse<String> text = metrics.get("/metrics");
            assertThat(text.body())
                    .contains("kline_http_requests_seconds_count{path=\"/api/v3/ping\"")
                    .contains("kline_websocket_clients 0");
            assertThat(text.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/plain");
            assertThat(metrics.get("/api/v3/ping").statusCode()).isEqualTo(404);
            assertThatThrownBy(() -> KlineServer.start(settings(stores, PORT)))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("metrics at port " + PORT);
        }
    }

    private static ServerSettings settings(CandleStores stores, int metricsPort) {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of("USDT"),
                List.of(),
                List.of(),
                metricsPort,
                new ServerLimits(1_000, 100, 100, 100, 100),
                false,
                Map.of(),
                stores.settings());
    }
}
