package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RateLimitITCase {

    private static final int LIMIT = 60;
    private static final int SOCKETS = 10;

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

    /** 500 days of minutes are 720,000, of which 100,000 are read. */
    @Test
    void daysOfMinutesWeighByTheRowsThatAreRead() throws Exception {
        assertThat(used(days("3.3.3.1", "timeZone=8&limit=5"))).isEqualTo(2);
        HttpResponse<String> hours = days("3.3.3.2", "timeZone=8&limit=1000");
        assertThat(used(hours)).isEqualTo(6);
        assertThat(used(days("3.3.3.3", "timeZone=0:01&limit=3"))).isEqualTo(10);
        assertThat(
                        used(
                                days(
                                        "3.3.3.4",
                                        "timeZone=0:01&startTime=1767225600000&endTime=1767225600001")))
                .isEqualTo(4);
        HttpResponse<String> refused = days("3.3.3.5", "timeZone=0:01");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    }

    /** Of 1,000 candles six in seven have trades. */
    @Test
    void barsWeighByTheCandlesThatAreRead() throws Exception {
        String path =
                "/udf/history?symbol=BTCUSDT&resolution=1&from=1767225600&to=1867225600&countback=";
        assertThat(used(get("3.3.4.1", path + "800"))).isEqualTo(2);
        assertThat(used(get("3.3.4.2", path + "2500"))).isBetween(5L, 6L);
    }

    private static HttpResponse<String> days(String address, String rest) throws Exception {
        return get(address, "/api/v3/klines?symbol=BTCUSDT&interval=1d&" + rest);
    }

    @Test
    void aHandshakeTooManyIsToldWhenToComeBack() throws Exception {
        for (int i = 0; i < SOCKETS; i++) {
            assertThat(handshake("4.4.4.4", "/ws")).startsWith("HTTP/1.1 101 ");
        }
        assertThat(handshake("4.4.4.4", "/ws"))
                .startsWith("HTTP/1.1 429 ")
                .containsPattern("Retry-After: [1-9]")
                .contains(
                        "{\"code\":-1034,\"msg\":\"Too many connection attempts; current limit is 10 per 5 MINUTES.\"}");
        assertThat(handshake("4.4.4.5", "/ws")).startsWith("HTTP/1.1 101 ");
    }

    @Test
    void aHandshakeBeyondTheWeightIsToldWhenToComeBack() throws Exception {
        while (get("4.4.5.5", "/api/v3/exchangeInfo").statusCode() == 200) {
            continue;
        }
        while (get("4.4.5.5", "/api/v3/ping").statusCode() == 200) {
            continue;
        }
        assertThat(handshake("4.4.5.5", "/ws"))
                .startsWith("HTTP/1.1 429 ")
                .containsPattern("Retry-After: [1-9]")
                .contains("\"code\":-1003");
    }

    @Test
    void aHandshakeForNoStreamIsToldSo() throws Exception {
        for (String path : List.of("/ws/btcusdt@trade", "/stream?streams=x", "/ws/BTC@kline_1m")) {
            assertThat(handshake("4.4.6.6", path))
                    .as(path)
                    .startsWith("HTTP/1.1 400 ")
                    .contains(
                            "{\"code\":-1130,\"msg\":\"Data sent for parameter 'streams' is not valid.\"}");
        }
        assertThat(handshake("4.4.6.6", "/ws?timeUnit=HOUR")).contains("\"code\":-1130");
    }

    @Test
    void subscriptionsWeigh() throws Exception {
        try (TestSocket socket = TestSocket.open(server.port(), "/ws")) {
            String names =
                    IntStream.range(0, 1_000)
                            .mapToObj(i -> "\"s" + i + "@kline_1m\"")
                            .collect(Collectors.joining(","));
            String command = "{\"method\":\"%s\",\"params\":[" + names + "],\"id\":1}";
            int done = 0;
            JsonNode answer = socket.ask(command.formatted("SUBSCRIBE"));
            while (answer.has("result") && done < 10) {
                done++;
                socket.ask(command.formatted("UNSUBSCRIBE"));
                TimeUnit.MILLISECONDS.sleep(450);
                answer = socket.ask(command.formatted("SUBSCRIBE"));
            }
            assertThat(done).isBetween(1, 4);
            assertThat(answer.at("/error/code").asInt()).isEqualTo(-1003);
        }
    }

    /** The answer to a handshake: its head, and its body if it is refused. */
    private static String handshake(String address, String path) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            ("GET "
                                            + path
                                            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
                                            + "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                            + "X-Forwarded-For: "
                                            + address
                                            + "\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            StringBuilder answer = new StringBuilder();
            while (!answer.toString().endsWith("}")
                    && !(answer.toString().startsWith("HTTP/1.1 101")
                            && answer.toString().endsWith("\r\n\r\n"))) {
                int c = socket.getInputStream().read();
                if (c < 0) {
                    break;
                }
                answer.append((char) c);
            }
            return answer.toString();
        }
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
                0,
                new ServerLimits(LIMIT, 1_000, 1_000, SOCKETS, 1_000),
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
