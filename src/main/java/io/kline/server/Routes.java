package io.kline.server;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Caller;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Failures;
import io.kline.server.api.Intervals;
import io.kline.server.api.Parameters;
import io.kline.server.api.QueryString;
import io.kline.server.api.TimeScale;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Leads requests to their endpoints, and everything that goes wrong to a refusal. */
final class Routes {

    /** Stores that could not be asked, on an answer that holds what the others know. */
    private static final String MISSING = "X-Kline-Missing";

    private static final String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";
    private static final String TIME_UNIT = "X-MBX-TIME-UNIT";
    private static final String RETRY_AFTER = "Retry-After";

    /** What watches the server is answered in any case. */
    private static final Set<String> UNCOUNTED = Set.of("/health", "/metrics");

    private static final int OTHER_WEIGHT = 1;
    private static final String OTHER_PATH = "other";
    private static final int SERVER_ERROR = 500;

    private final Map<String, Endpoint> endpoints;
    private final Intervals intervals;
    private final Admission admission;
    private final UnderWay underWay = new UnderWay();
    private final LongBody longBody;
    private final ServerMetrics metrics;

    Routes(
            List<Endpoint> endpoints,
            Intervals intervals,
            Admission admission,
            LongBody longBody,
            ServerMetrics metrics) {
        this.endpoints =
                endpoints.stream().collect(Collectors.toMap(Endpoint::path, Function.identity()));
        this.intervals = intervals;
        this.admission = admission;
        this.longBody = longBody;
        this.metrics = metrics;
    }

    void addTo(JavalinConfig config) {
        config.routes.before(this::admit);
        for (Endpoint endpoint : endpoints.values()) {
            config.routes.get(endpoint.path(), context -> answer(context, endpoint));
            // Jetty leaves the body out.
            config.routes.head(endpoint.path(), context -> answer(context, endpoint));
        }
        config.routes.exception(
                Exception.class, (e, context) -> send(context, error(e), ApiResponse::of));
        // The most special handler wins, and Javalin has one for these.
        config.routes.exception(
                HttpResponseException.class,
                (e, context) -> send(context, error(e), ApiResponse::of));
        config.requestLogger.http(
                (context, millis) -> metrics.count(context, path(context), millis));
    }

    private void admit(Context context) {
        Endpoint endpoint = endpoints.get(context.path());
        int weight = endpoint == null ? OTHER_WEIGHT : endpoint.weight();
        Caller caller = caller(context);
        try {
            if (endpoint == null) {
                // A part of the page: there is nothing to do but to send it.
                underWay.begin(context.req(), caller.address());
            }
            caller.allowance().use(weight);
        } catch (ApiError e) {
            send(context, e, endpoint == null ? ApiResponse::of : endpoint.refusal());
            context.skipRemainingHandlers();
        }
    }

    private void answer(Context context, Endpoint endpoint) {
        Caller caller = caller(context);
        try {
            Parameters parameters =
                    parameters(context, endpoint)
                            .with(TimeScale.of(TIME_UNIT, context.header(TIME_UNIT)))
                            .with(caller);
            int surcharge = endpoint.surcharge().applyAsInt(parameters);
            if (surcharge > 0) {
                caller.allowance().use(surcharge);
            }
            ApiResponse reply = endpoint.action().answer(parameters);
            // Files have a limit of their own.
            if (reply.download() == null && !UNCOUNTED.contains(endpoint.path())) {
                underWay.begin(context.req(), caller.address());
            }
            if (LongBody.is(reply)) {
                begin(context, reply);
                longBody.send(context, reply);
            } else {
                send(context, reply);
            }
        } catch (IOException | RuntimeException e) {
            send(context, error(e), endpoint.refusal());
        }
    }

    /** Who asks. Whatever is used of the limit, the answer has how much that is now. */
    private Caller caller(Context context) {
        Caller caller = admission.caller(context.req());
        return new Caller(
                caller.address(),
                weight -> {
                    long used = caller.allowance().use(weight);
                    context.header(USED_WEIGHT, Long.toString(used));
                    return used;
                });
    }

    private Parameters parameters(Context context, Endpoint endpoint) {
        Map<String, List<String>> sent = QueryString.values(context.queryString());
        return endpoint.isTolerant()
                ? Parameters.tolerant(sent, endpoint.parameters(), intervals)
                : Parameters.of(sent, endpoint.parameters(), intervals);
    }

    private String path(Context context) {
        return endpoints.containsKey(context.path()) ? context.path() : OTHER_PATH;
    }

    private static ApiError error(Exception e) {
        if (e instanceof HttpResponseException response && response.getStatus() < SERVER_ERROR) {
            return ApiError.http(response.getStatus());
        }
        return Failures.of(e);
    }

    private void send(Context context, ApiError error, Function<ApiError, ApiResponse> refusal) {
        if (error.retryAfter() > 0) {
            context.header(RETRY_AFTER, Integer.toString(error.retryAfter()));
        }
        send(context, refusal.apply(error));
    }

    private void send(Context context, ApiResponse reply) {
        begin(context, reply);
        longBody.sendShort(context, reply);
    }

    private static void begin(Context context, ApiResponse reply) {
        context.status(reply.status()).contentType(reply.type());
        if (!reply.missing().isEmpty()) {
            context.header(
                    MISSING,
                    reply.missing().stream()
                            .sorted()
                            .map(Enum::name)
                            .collect(Collectors.joining(",")));
        }
    }
}
