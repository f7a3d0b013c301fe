package io.kline.server.wsapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Interval;
import io.kline.server.api.Allowance;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.AtOnce;
import io.kline.server.api.Caller;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Intervals;
import io.kline.server.api.TimeScale;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiSocketTest {

    private static final String PING = "{\"id\":1,\"method\":\"ping\"}";

    private final Intervals intervals =
            new Intervals(List.of(Interval.parse("1m", ZoneOffset.UTC)));
    private final List<Endpoint> endpoints =
            List.of(
                    new Endpoint(
                            "/api/v3/ping",
                            1,
                            Set.of(),
                            any -> ApiResponse.json(Set.of(), json -> json.writeRawValue("{}"))),
                    new Endpoint(
                            "/api/v3/broken",
                            1,
                            Set.of(),
                            any -> {
                                throw new StackOverflowError();
                            }));
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final InstantSource clock = InstantSource.system();
    private final ApiServer server =
            new ApiServer(endpoints, intervals, 6_000, any -> null, clock, metrics);
    private final ApiMethods methods = new ApiMethods(endpoints, intervals, 6_000, clock, metrics);
    private final AtOnce underWay = new AtOnce();
    private final List<String> answers = new ArrayList<>();
    private final List<Callback> waiting = new ArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    /** Each answer waits in the heap, and a client may have hundreds of connections. */
    @Test
    void aClientThatTakesNoAnswersHasFewOfThem() {
        for (int i = 0; i < ApiMethods.MOST_UNDER_WAY; i++) {
            assertThat(ask("9.9.9.9")).contains("\"status\":200");
        }
        assertThat(ask("9.9.9.9"))
                .contains("\"status\":429", "\"code\":-1003", "\"id\":1", "\"retryAfter\":")
                .contains("\"limit\":6000,\"count\":7}");
        assertThat(ask("8.8.8.8")).contains("\"status\":200");
        waiting.get(0).succeed();
        waiting.get(1).fail(new IllegalStateException("gone"));
        assertThat(ask("9.9.9.9")).contains("\"status\":200");
        String silent = "{\"id\":1,\"method\":\"ping\",\"params\":{\"returnRateLimits\":false}}";
        assertThat(ask(client("9.9.9.9", weight -> 7), silent))
                .contains("\"status\":429")
                .doesNotContain("rateLimits");
    }

    @Test
    void whoIsRefusedByTheLimitHasUsedAllOfIt() {
        Allowance none =
                weight -> {
                    throw ApiError.tooManyRequests(6_000, 1);
                };
        assertThat(ask(client("9.9.9.9", none), PING))
                .contains("\"status\":429", "\"limit\":6000,\"count\":6000}");
    }

    @Test
    void whatEndsWithAnErrorIsNotUnderWayAnyMore() {
        ApiClient client = client("9.9.9.9", weight -> 7);
        assertThatThrownBy(() -> ask(client, "{\"id\":1,\"method\":\"broken\"}"))
                .isInstanceOf(StackOverflowError.class);
        assertThat(underWay.of("9.9.9.9")).isZero();
    }

    private String ask(String address) {
        return ask(client(address, weight -> 7), PING);
    }

    private String ask(ApiClient client, String message) {
        ApiSocket socket = new ApiSocket(server, methods, client, underWay);
        socket.onWebSocketOpen(stuck());
        socket.onWebSocketText(message);
        return answers.get(answers.size() - 1);
    }

    private static ApiClient client(String address, Allowance allowance) {
        return new ApiClient(new Caller(address, allowance), true, TimeScale.MILLISECOND);
    }

    /** A network that takes nothing for now. */
    private Session stuck() {
        return (Session)
                Proxy.newProxyInstance(
                        Session.class.getClassLoader(),
                        new Class<?>[] {Session.class},
                        (proxy, method, arguments) -> {
                            if (method.getName().equals("sendText")) {
                                answers.add((String) arguments[0]);
                                waiting.add((Callback) arguments[1]);
                            }
                            return null;
                        });
    }
}
