package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.query.QuerySettings;
import io.kline.store.mysql.MysqlLogin;
import io.kline.testing.CandleStores;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HealthITCase {

    private static final int CALLERS = 20;
    private static final int LONG_MILLIS = 900;

    /** Whoever asks for health of a store that hangs must not keep threads waiting for it. */
    @Test
    void oneCallerWaitsForAStoreThatHangsAndTheOthersDoNot() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CandleStores stores = TestStores.filled();
                KlineServer server = KlineServer.start(settings(stores, hanging.getLocalPort()))) {
            TestClient client = new TestClient(server.port());
            assertThat(client.get("/health").body()).contains("\"status\":\"PARTIAL\"");
            List<CompletableFuture<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calls.add(CompletableFuture.supplyAsync(() -> latency(client)));
            }
            int waited = 0;
            for (CompletableFuture<Integer> call : calls) {
                waited += call.get() >= LONG_MILLIS ? 1 : 0;
            }
            assertThat(waited).isLessThanOrEqualTo(CALLERS / 4);
        }
    }

    /** It may know the symbol: that it is none would be believed for good. */
    @Test
    void aMysqlThatHasNeverAnsweredDelaysOneAndMakesNoSymbolUnknown() throws Exception {
        try (ServerSocket hanging = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CandleStores stores = TestStores.filled();
                KlineServer server = KlineServer.start(settings(stores, hanging.getLocalPort()))) {
            TestClient client = new TestClient(server.port());
            String search = "/udf/search?query=BTC&limit=10";
            assertThat(client.get(search).body()).contains("BTCUSDT");
            int slow = 0;
            for (int i = 0; i < CALLERS; i++) {
                long begin = System.nanoTime();
                assertThat(client.get(search).body()).contains("BTCUSDT");
                slow += System.nanoTime() - begin > LONG_MILLIS * 1_000_000L ? 1 : 0;
                TimeUnit.MILLISECONDS.sleep(250);
            }
            assertThat(slow).isLessThanOrEqualTo(CALLERS / 4);
            HttpResponse<String> unknown =
                    client.get("/api/v3/klines?symbol=NOBODYUSDT&interval=1m");
            assertThat(unknown.statusCode()).isEqualTo(503);
            assertThat(unknown.body()).contains("-1001", "[MYSQL]");
        }
    }

    private static int latency(TestClient client) {
        try {
            return new ObjectMapper()
                    .readTree(client.get("/health").body())
                    .at("/stores/MYSQL/latencyMillis")
                    .asInt();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static ServerSettings settings(CandleStores stores, int port) {
        QuerySettings query = stores.impatientSettings();
        return TestServer.settings(
                new QuerySettings(
                        query.redis(),
                        new MysqlLogin("jdbc:mysql://127.0.0.1:" + port + "/kline", "none", null),
                        query.intervals(),
                        query.offset(),
                        query.timeout(),
                        4,
                        4));
    }
}
