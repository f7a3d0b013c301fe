package io.kline.server;

import static io.kline.server.TestStores.FIRST;
import static io.kline.server.TestStores.MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RestITCase {

    private static TestStores stores;
    private static KlineServer server;
    private static TestClient client;

    @BeforeAll
    static void start() throws Exception {
        stores = TestStores.filled();
        server = KlineServer.start(stores.settings());
        client = new TestClient(server.port());
    }

    @AfterAll
    static void stop() {
        server.close();
        stores.close();
    }

    @Test
    void rowsAreTypedAsBinanceTypesThem() throws Exception {
        JsonNode rows =
                json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + FIRST + "&limit=1");
        assertThat(rows.toString())
                .isEqualTo(
                        "[[1767225600000,\"100\",\"101\",\"99\",\"100\",\"1\",1767225659999,\"100\",2,\"1\",\"100\",\"0\"]]");
    }

    @Test
    void startAloneIsTheOldestFromThereAndEndAloneTheNewestUpToIt() throws Exception {
        JsonNode from = json("/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime=" + (FIRST + 1));
        assertThat(from).hasSize(500);
        assertThat(from.get(0).get(0).asLong()).isEqualTo(FIRST + MINUTE);
        JsonNode to =
                json(
                        "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=9999&endTime="
                                + (FIRST + 2_000 * MINUTE));
        assertThat(to).hasSize(1000);
        assertThat(to.get(999).get(0).asLong()).isEqualTo(FIRST + 2_000 * MINUTE);
    }

    private static JsonNode json(String path) throws Exception {
        return new ObjectMapper().readTree(client.get(path).body());
    }
}
