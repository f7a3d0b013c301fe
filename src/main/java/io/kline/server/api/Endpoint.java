package io.kline.server.api;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A path that answers GET.
 *
 * @param path the whole path
 * @param weight what a request costs of a client's {@code server.rate-limit}
 * @param parameters the names it knows; others are refused
 * @param refusal how an error is reported
 * @param action what answers
 */
public record Endpoint(
        String path,
        Weight weight,
        Set<String> parameters,
        Function<ApiError, ApiResponse> refusal,
        Action action) {

    public Endpoint {
        parameters = Set.copyOf(parameters);
    }

    /** One whose requests all cost the same. */
    public Endpoint(
            String path,
            int weight,
            Set<String> parameters,
            Function<ApiError, ApiResponse> refusal,
            Action action) {
        this(path, sent -> weight, parameters, refusal, action);
    }

    /** One whose requests all cost the same, and that reports errors as Binance does. */
    public Endpoint(String path, int weight, Set<String> parameters, Action action) {
        this(path, weight, parameters, ApiResponse::of, action);
    }

    /** One that reports errors as Binance does. */
    public Endpoint(String path, Weight weight, Set<String> parameters, Action action) {
        this(path, weight, parameters, ApiResponse::of, action);
    }

    /** What a request costs. */
    public interface Weight {

        /**
         * @param sent the parameters, which nobody has checked yet
         */
        int of(Map<String, List<String>> sent);
    }

    /** Answers a request. */
    public interface Action {

        /**
         * @throws ApiError if the request cannot be answered
         */
        ApiResponse answer(Parameters parameters);
    }
}
