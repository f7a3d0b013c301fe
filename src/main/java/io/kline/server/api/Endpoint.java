package io.kline.server.api;

import java.util.Set;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * A path that answers GET.
 *
 * @param path the whole path
 * @param weight what a request costs of a client's {@code server.rate-limit}
 * @param parameters the names it knows; others are refused
 * @param refusal how an error is reported
 * @param action what answers
 * @param surcharge what a request weighs beyond that, by its parameters
 * @param isTolerant whether other parameters, and a second value of one, are passed over
 */
public record Endpoint(
        String path,
        int weight,
        Set<String> parameters,
        Function<ApiError, ApiResponse> refusal,
        Action action,
        ToIntFunction<Parameters> surcharge,
        boolean isTolerant) {

    public Endpoint {
        parameters = Set.copyOf(parameters);
    }

    /** One whose requests all weigh the same. */
    public Endpoint(
            String path,
            int weight,
            Set<String> parameters,
            Function<ApiError, ApiResponse> refusal,
            Action action) {
        this(path, weight, parameters, refusal, action, any -> 0, false);
    }

    /** One for clients that send what they like. */
    public static Endpoint tolerant(
            String path,
            int weight,
            Set<String> parameters,
            Function<ApiError, ApiResponse> refusal,
            Action action,
            ToIntFunction<Parameters> surcharge) {
        return new Endpoint(path, weight, parameters, refusal, action, surcharge, true);
    }

    /** One that reports errors as Binance does. */
    public Endpoint(String path, int weight, Set<String> parameters, Action action) {
        this(path, weight, parameters, ApiResponse::of, action);
    }

    /** One whose requests weigh more by their parameters. */
    public Endpoint(
            String path,
            int weight,
            Set<String> parameters,
            Action action,
            ToIntFunction<Parameters> surcharge) {
        this(path, weight, parameters, ApiResponse::of, action, surcharge, false);
    }

    /** Answers a request. */
    public interface Action {

        /**
         * @throws ApiError if the request cannot be answered
         */
        ApiResponse answer(Parameters parameters);
    }
}
