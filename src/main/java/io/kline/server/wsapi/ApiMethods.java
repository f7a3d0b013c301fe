package io.kline.server.wsapi;

import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Failures;
import io.kline.server.api.Intervals;
import io.kline.server.api.Parameters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The methods that can be called: the endpoints below {@code /api/v3/}, by their paths. */
final class ApiMethods {

    private static final String PREFIX = "/api/v3/";
    private static final String RATE_LIMITS = "returnRateLimits";
    private static final int OTHER_WEIGHT = 1;

    /** As many as over HTTP: each may have all symbols, and waits in the heap. */
    static final int MOST_UNDER_WAY = 50;

    private static final int AGAIN_SECONDS = 1;
    private static final int BAD_REQUEST = 400;
    private static final int UNSUPPORTED = -1020;

    private final Map<String, Endpoint> methods;
    private final Intervals intervals;
    private final long limit;
    private final InstantSource clock;
    private final MeterRegistry metrics;

    /**
     * @param limit request weight per minute and client
     */
    ApiMethods(
            List<Endpoint> endpoints,
            Intervals intervals,
            long limit,
            InstantSource clock,
            MeterRegistry metrics) {
        methods =
                endpoints.stream()
                        .filter(each -> each.path().startsWith(PREFIX))
                        .collect(Collectors.toMap(ApiMethods::name, Function.identity()));
        this.intervals = intervals;
        this.limit = limit;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * The answer to a message.
     *
     * @param underWay how many answers the client has under way, with this one
     */
    String answer(String message, ApiClient client, int underWay) {
        ApiRequest request = new ApiRequest();
        Used used = new Used(limit);
        ApiReply reply = new ApiReply(request, used, client.showsLimits(), clock);
        String text;
        try {
            text = reply.of(answer(request, message, client, underWay, used, reply));
        } catch (RuntimeException e) {
            text = reply.of(Failures.of(e));
        }
        Counter.builder("kline.wsapi.requests")
                .description("Requests over the WebSocket API")
                .tag("method", methods.containsKey(request.method()) ? request.method() : "other")
                .tag("status", Integer.toString(reply.status()))
                .register(metrics)
                .increment();
        return text;
    }

    /** How much of its limit a client has used. */
    static final class Used {

        final long limit;
        long count;

        Used(long limit) {
            this.limit = limit;
        }

        private void add(int weight, ApiClient client) {
            // Where it is refused all is used.
            count = limit;
            count = client.caller().allowance().use(weight);
        }
    }

    private ApiResponse answer(
            ApiRequest request,
            String message,
            ApiClient client,
            int underWay,
            Used used,
            ApiReply reply) {
        try {
            request.read(message);
        } catch (ApiError e) {
            used.add(OTHER_WEIGHT, client);
            throw e;
        }
        Endpoint endpoint = methods.get(request.method());
        Map<String, List<String>> sent = new LinkedHashMap<>(request.parameters());
        List<String> flag = sent.remove(RATE_LIMITS);
        used.add(endpoint == null ? OTHER_WEIGHT : endpoint.weight(), client);
        if (flag != null) {
            reply.showLimits(
                    Parameters.of(Map.of(RATE_LIMITS, flag), Set.of(RATE_LIMITS), intervals)
                            .flag(RATE_LIMITS, true));
        }
        if (underWay > MOST_UNDER_WAY) {
            throw ApiError.tooManyAtOnce(MOST_UNDER_WAY, AGAIN_SECONDS);
        }
        if (endpoint == null) {
            throw new ApiError(BAD_REQUEST, UNSUPPORTED, "This operation is not supported.");
        }
        Parameters parameters =
                Parameters.of(sent, endpoint.parameters(), intervals).with(client.times());
        int surcharge = endpoint.surcharge().applyAsInt(parameters);
        if (surcharge > 0) {
            used.add(surcharge, client);
        }
        return endpoint.action().answer(parameters);
    }

    private static String name(Endpoint endpoint) {
        return endpoint.path().substring(PREFIX.length()).replace('/', '.');
    }
}
