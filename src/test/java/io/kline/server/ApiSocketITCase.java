package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests over {@code /ws-api/v3}. */
@Timeout(120)
class ApiSocketITCase {

    private static final String PATH = "/ws-api/v3";
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension static final TestServer server = new TestServer(TestStores::filled);

    @Test
    void anAnswerIsThatOfTheRestInterfaceInAnEnvelope() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), PATH)) {
            JsonNode ping = socket.ask("{\"id\":\"a-1\",\"method\":\"ping\"}");
            assertThat(ping.at("/id").asText()).isEqualTo("a-1");
            assertThat(ping.at("/status").asInt()).isEqualTo(200);
            assertThat(ping.at("/result").toString()).isEqualTo("{}");
            assertThat(ping.at("/rateLimits/0/rateLimitType").asText()).isEqualTo("REQUEST_WEIGHT");
            assertThat(ping.at("/rateLimits/0/limit").asInt()).isEqualTo(1_000_000);
            assertThat(ping.at("/rateLimits/0/count").asInt()).isGreaterThan(0);

            JsonNode klines =
                    socket.ask(
                            "{\"id\":null,\"method\":\"v3/klines\",\"params\":{\"symbol\":\"BTCUSDT\",\"interval\":\"1m\",\"limit\":7}}");
            assertThat(klines.get("id").isNull()).isTrue();
            assertThat(klines.get("result"))
                    .isEqualTo(rest("/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=7"))
                    .hasSize(7);
            assertThat(
                            socket.ask(
                                            "{\"id\":1,\"method\":\"exchangeInfo\",\"params\":{\"symbols\":[\"BTCUSDT\"],\"showPermissionSets\":false}}")
                                    .at("/result/symbols"))
                    .isEqualTo(
                            rest("/api/v3/exchangeInfo?symbol=BTCUSDT&showPermissionSets=false")
                                    .get("symbols"));
            assertThat(
                            socket.ask(
                                            "{\"id\":18446744073709551615,\"method\":\"ticker.price\",\"params\":{\"symbol\":\"BTCUSDT\"}}")
                                    .toString())
                    .startsWith(
                            "{\"id\":18446744073709551615,\"status\":200,\"result\":{\"symbol\":\"BTCUSDT\",\"price\":\"");
            for (String method :
                    List.of(
                            "time",
                            "uiKlines",
                            "ticker",
                            "avgPrice",
                            "ticker.24hr",
                            "ticker.tradingDay")) {
                String parameters =
                        method.equals("time")
                                ? "{}"
                                : "{\"symbol\":\"BTCUSDT\""
                                        + (method.equals("uiKlines")
                                                ? ",\"interval\":\"1m\"}"
                                                : "}");
                JsonNode answer =
                        socket.ask(
                                "{\"id\":2,\"method\":\""
                                        + method
                                        + "\",\"params\":"
                                        + parameters
                                        + "}");
                assertThat(answer.get("status").asInt()).as(answer.toString()).isEqualTo(200);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-1135 | nothing",
                "-1135 | []",
                "-1135 | {\"id\":1,\"method\":\"ping\"} {}",
                "-1135 | {\"id\":1,\"method\":7}",
                "-1135 | {\"id\":1,\"method\":\"klines\",\"params\":[]}",
                "-1135 | {\"id\":1,\"method\":\"klines\",\"params\":{\"symbol\":{}}}",
                "-1135 | {\"id\":1,\"method\":\"ticker\",\"params\":{\"symbols\":[1]}}",
                "-1135 | {\"id\":{},\"method\":\"ping\"}",
                "-1100 | {\"id\":\"a b\",\"method\":\"ping\"}",
                "-1102 | {\"method\":\"ping\"}",
                "-1102 | {\"id\":1}",
                "-1020 | {\"id\":1,\"method\":\"depth\"}",
                "-1020 | {\"id\":1,\"method\":\"order.place\",\"params\":{\"symbol\":\"BTCUSDT\"}}",
                "-1101 | {\"id\":1,\"method\":\"ping\",\"params\":{\"a\":1}}",
                "-1101 | {\"id\":1,\"method\":\"avgPrice\",\"params\":{\"symbol\":\"A\",\"symbol\":\"A\"}}",
                "-1102 | {\"id\":1,\"method\":\"klines\",\"params\":null}",
                "-1105 | {\"id\":1,\"method\":\"avgPrice\",\"params\":{\"symbol\":null}}",
                "-1100 | {\"id\":1,\"method\":\"klines\",\"params\":{\"symbol\":\"BTCUSDT\",\"interval\":\"1m\",\"limit\":1.5}}",
                "-1100 | {\"id\":1,\"method\":\"ping\",\"params\":{\"returnRateLimits\":\"perhaps\"}}",
                "-1121 | {\"id\":1,\"method\":\"ticker.24hr\",\"params\":{\"symbol\":\"NOSUCH\"}}",
            })
    void whatIsWrongIsRefused(int code, String message) throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), PATH)) {
            JsonNode answer = socket.ask(message);
            assertThat(answer.get("status").asInt()).isEqualTo(400);
            assertThat(answer.at("/error/code").asInt()).as(answer.toString()).isEqualTo(code);
            assertThat(answer.has("result")).isFalse();
            assertThat(answer.has("id")).isTrue();
            assertThat(socket.ask("{\"id\":9,\"method\":\"ping\"}").get("status").asInt())
                    .isEqualTo(200);
        }
    }

    @Test
    void limitsAreLeftOutWhereTheyAreNotWanted() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), PATH + "?returnRateLimits=false")) {
            assertThat(socket.ask("{\"id\":1,\"method\":\"ping\"}").toString())
                    .isEqualTo("{\"id\":1,\"status\":200,\"result\":{}}");
            assertThat(
                            socket.ask(
                                            "{\"id\":1,\"method\":\"ping\",\"params\":{\"returnRateLimits\":true}}")
                                    .has("rateLimits"))
                    .isTrue();
        }
        try (TestSocket socket = TestSocket.open(server.port(), PATH)) {
            assertThat(
                            socket.ask(
                                            "{\"id\":1,\"method\":\"ping\",\"params\":{\"returnRateLimits\":false}}")
                                    .has("rateLimits"))
                    .isFalse();
        }
    }

    @Test
    void timesAreMicrosecondsForWhoWantsThem() throws Exception {
        String request = "{\"id\":1,\"method\":\"time\"}";
        try (TestSocket socket = TestSocket.open(server.port(), PATH + "?timeUnit=MICROSECOND")) {
            assertThat(socket.ask(request).at("/result/serverTime").asText()).hasSize(16);
        }
        try (TestSocket socket = TestSocket.open(server.port(), PATH)) {
            assertThat(socket.ask(request).at("/result/serverTime").asText()).hasSize(13);
        }
    }

    @Test
    void candlesOfAnotherZoneWeighByWhatIsRead() throws Exception {
        String request =
                "{\"id\":1,\"method\":\"klines\",\"params\":{\"symbol\":\"BTCUSDT\",\"interval\":\"1d\",\"limit\":69%s}}";
        try (KlineServer other = KlineServer.start(limited(300));
                TestSocket socket = TestSocket.open(other.port(), PATH)) {
            // Five come back each second.
            assertThat(used(socket.ask(request.formatted("")))).isBetween(1, 4);
            assertThat(used(socket.ask(request.formatted(",\"timeZone\":\"0:01\""))))
                    .isBetween(100, 204);
        }
    }

    private static ServerSettings limited(int weight) {
        return server.settings().with(new ServerLimits(weight, 100, 100, 100, 100));
    }

    private static int used(JsonNode answer) {
        assertThat(answer.get("status").asInt()).as(answer.toString()).isEqualTo(200);
        return answer.at("/rateLimits/0/count").asInt();
    }

    @Test
    void requestsCostWhatTheyCostOverHttp() throws Exception {
        try (KlineServer other = KlineServer.start(limited(60));
                TestSocket socket = TestSocket.open(other.port(), PATH)) {
            String request = "{\"id\":1,\"method\":\"exchangeInfo\"}";
            assertThat(socket.ask(request).get("status").asInt()).isEqualTo(200);
            assertThat(socket.ask(request).get("status").asInt()).isEqualTo(200);
            // It comes back by one a second.
            JsonNode refused = socket.ask(request);
            while (refused.get("status").asInt() == 200) {
                refused = socket.ask(request);
            }
            assertThat(refused.get("status").asInt()).isEqualTo(429);
            assertThat(refused.at("/error/code").asInt()).isEqualTo(-1003);
            assertThat(refused.at("/error/data/retryAfter").asLong())
                    .isGreaterThan(refused.at("/error/data/serverTime").asLong());
            assertThat(refused.at("/rateLimits/0/count").asInt()).isEqualTo(60);
            assertThat(new TestClient(other.port()).get("/api/v3/exchangeInfo").statusCode())
                    .isEqualTo(429);
        }
    }

    @Test
    void theEndIsReported() throws Exception {
        KlineServer other = KlineServer.start(server.settings());
        try (TestSocket socket = TestSocket.open(other.port(), PATH)) {
            socket.ping();
            socket.ask("{\"id\":1,\"method\":\"ping\"}");
            other.close();
            assertThat(socket.closed.get()).isEqualTo(1001);
            assertThat(socket.json(socket.messages.size() - 1).at("/event/e").asText())
                    .isEqualTo("serverShutdown");
        }
    }

    private static JsonNode rest(String path) throws Exception {
        return JSON.readTree(server.client().get(path).body());
    }
}
