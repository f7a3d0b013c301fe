package io.kline.server;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.kline.query.QueryException;
import io.kline.server.api.ApiError;
import io.kline.server.api.Endpoint;
import io.kline.server.api.Intervals;
import io.kline.server.api.Parameters;
import io.kline.server.api.Reply;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads requests to their endpoints, and everything that goes wrong to a refusal. */
final class Routes {

    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    /** Stores that could not be asked, on an answer that tells what the others know. */
    static final String MISSING_HEADER = "X-Kline-Missing";

    private static final String USED_WEIGHT = "X-MBX-USED-WEIGHT-1M";
    private static final String RETRY_AFTER = "Retry-After";
    private static final int OTHER_WEIGHT = 1;

    private final Map<String, Endpoint> endpoints;
    private final Intervals intervals;
    private final RateLimit rateLimit;
    private final ClientAddress client;

    Routes(
            List<Endpoint> endpoints,
            Intervals intervals,
            RateLimit rateLimit,
            ClientAddress client) {
        this.endpoints =
                endpoints.stream().collect(Collectors.toMap(Endpoint::path, Function.identity()));
        this.intervals = intervals;
        this.rateLimit = rateLimit;
        this.client = client;
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::count);
        for (Endpoint endpoint : endpoints.values()) {
            routes.get(endpoint.path(), context -> answer(context, endpoint));
        }
        routes.exception(Exception.class, (e, context) -> send(context, error(e), Reply::of));
    }

    /** The paths of the endpoints. */
    TreeSet<String> paths() {
        return new TreeSet<>(endpoints.keySet());
    }

    private void count(Context context) {
        Endpoint endpoint = endpoints.get(context.path());
        int weight = endpoint == null ? OTHER_WEIGHT : endpoint.weight();
        String address =
                client.of(context.req().getRemoteAddr(), context.header("X-Forwarded-For"));
        try {
            context.header(USED_WEIGHT, Long.toString(rateLimit.use(address, weight)));
        } catch (ApiError e) {
            send(context, e, endpoint == null ? Reply::of : endpoint.refusal());
            context.skipRemainingHandlers();
        }
    }

    private void answer(Context context, Endpoint endpoint) {
        try {
            Parameters parameters = Parameters.of(sent(context), endpoint.parameters(), intervals);
            send(context, endpoint.action().answer(parameters));
        } catch (RuntimeException e) {
            send(context, error(e), endpoint.refusal());
        }
    }

    private static Map<String, List<String>> sent(Context context) {
        try {
            return context.queryParamMap();
        } catch (IllegalArgumentException e) {
            throw ApiError.illegalCharacters();
        }
    }

    private static ApiError error(Exception e) {
        if (e instanceof ApiError error) {
            return error;
        }
        if (e instanceof QueryException trouble) {
            LOG.warn("{}", trouble.getMessage());
            return ApiError.unavailable(new TreeSet<>(trouble.problems().keySet()));
        }
        if (e instanceof HttpResponseException response && response.getStatus() < 500) {
            return new ApiError(response.getStatus(), -1000, response.getMessage());
        }
        LOG.error("A request failed", e);
        return ApiError.unknown();
    }

    private static void send(Context context, ApiError error, Function<ApiError, Reply> refusal) {
        if (error.retryAfter() > 0) {
            context.header(RETRY_AFTER, Integer.toString(error.retryAfter()));
        }
        send(context, refusal.apply(error));
    }

    private static void send(Context context, Reply reply) {
        context.status(reply.status()).contentType(reply.type()).result(reply.body());
        if (!reply.missing().isEmpty()) {
            context.header(
                    MISSING_HEADER,
                    reply.missing().stream()
                            .sorted()
                            .map(Enum::name)
                            .collect(Collectors.joining(",")));
        }
    }
}
