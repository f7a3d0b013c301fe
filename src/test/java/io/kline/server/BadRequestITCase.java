package io.kline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Whatever is asked, the answer is one that Binance documents, and never a 500. */
class BadRequestITCase {

    @RegisterExtension static final TestServer server = new TestServer(TestStores::filled);

    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvFileSource(resources = "bad-requests.csv", delimiter = '\t', quoteCharacter = '`')
    void isRefusedAsDocumented(int status, int code, String message, String path) throws Exception {
        HttpResponse<String> response = server.client().get(path.trim());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        JsonNode body = new ObjectMapper().readTree(response.body());
        assertThat(body.get("code").asInt()).isEqualTo(code);
        assertThat(body.get("msg").asText()).isEqualTo(message.trim());
        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/json;charset=utf-8");
        assertThat(body).hasSize(2);
    }

    @Test
    void otherMethodsAreRefused() throws Exception {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH")) {
            HttpRequest.Builder request =
                    server.client()
                            .request("/api/v3/klines?symbol=BTCUSDT&interval=1m")
                            .method(method, BodyPublishers.ofString("x".repeat(10)));
            HttpResponse<String> response = server.client().send(request);
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.body())
                    .isEqualTo("{\"code\":-1020,\"msg\":\"This operation is not supported.\"}");
        }
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> response =
                server.client().get("/api/v3/time", "X-Large", "x".repeat(60_000));
        assertThat(response.statusCode()).isEqualTo(431);
        assertThat(response.body())
                .isEqualTo("{\"code\":-1100,\"msg\":\"The request is malformed.\"}");
    }

    @Test
    void aListOfThousandsOfSymbolsIsRead() throws Exception {
        String list = "%22BTCUSDT%22" + ",%22BTCUSDT%22".repeat(2_500);
        HttpResponse<String> response =
                server.client().get("/api/v3/exchangeInfo?symbols=%5B" + list + "%5D");
        assertThat(response.body()).contains("-1151");
    }

    @Test
    void aQueryThatCannotBeDecodedIsRefused() throws Exception {
        for (String query : List.of("limit=%zz", "limit=%", "%=1", "=%f")) {
            assertThat(rawStatus("/api/v3/klines?symbol=BTCUSDT&interval=1m&" + query))
                    .as(query)
                    .isEqualTo("HTTP/1.1 400");
        }
    }

    @Test
    void garbageNeverMakesAServerError() throws Exception {
        Random random = new Random(42);
        String[] paths = {
            "/api/v3/klines?symbol=BTCUSDT&interval=1m&",
            "/api/v3/klines?",
            "/api/v3/exchangeInfo?",
            "/api/v1/klines?symbol=BTCUSDT&interval=1m&",
            "/api/v1/klines/latest?",
            "/api/v1/corrections?symbol=BTCUSDT&",
            "/",
            "/webjars/",
            "/ws/",
            "/health?"
        };
        String[] names = {
            "symbol", "interval", "startTime", "endTime", "limit", "timeZone", "symbols", "empty"
        };
        for (int i = 0; i < 2_000; i++) {
            StringBuilder target = new StringBuilder(paths[random.nextInt(paths.length)]);
            for (int parts = random.nextInt(4); parts > 0; parts--) {
                target.append(names[random.nextInt(names.length)]).append('=');
                target.append(garbage(random)).append('&');
            }
            String status = rawStatus(target.toString());
            assertThat(status).as(target.toString()).doesNotContain(" 5");
        }
    }

    private static String garbage(Random random) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) ('!' + random.nextInt(94)));
                case 1 -> text.append('%').append(Integer.toHexString(random.nextInt(256)));
                case 2 -> text.append(random.nextInt());
                default ->
                        text.append(
                                List.of("..", "//", "%00", "%", "1m", "-", "\u00e9")
                                        .get(random.nextInt(7)));
            }
        }
        return text.toString();
    }

    /** The status line of a request that no client library would send. */
    private static String rawStatus(String target) throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(
                            ("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.ISO_8859_1));
            InputStream in = socket.getInputStream();
            StringBuilder line = new StringBuilder();
            for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
                line.append((char) c);
            }
            return line.substring(0, Math.min(12, line.length()));
        }
    }
}
