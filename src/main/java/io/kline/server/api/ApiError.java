package io.kline.server.api;

import io.kline.query.Store;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request that is refused, with the code and the message of Binance's table of errors.
 *
 * @see <a href="https://github.com/binance/binance-spot-api-docs/blob/master/errors.md">errors</a>
 */
public final class ApiError extends RuntimeException {

    /** Where a request carries the error with which it was refused. */
    public static final String ATTRIBUTE = ApiError.class.getName();

    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final int status;
    private final int code;
    private final int retryAfter;

    /**
     * @param status of HTTP
     * @param code negative, of Binance's table
     * @param message what clients read
     */
    public ApiError(int status, int code, String message) {
        this(status, code, message, 0);
    }

    private ApiError(int status, int code, String message, int retryAfter) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    /** The status of HTTP. */
    public int status() {
        return status;
    }

    /** The code of Binance's table. */
    public int code() {
        return code;
    }

    /** Seconds after which to try again, 0 if that would not help. */
    public int retryAfter() {
        return retryAfter;
    }

    /** What HTTP itself refuses, by its status. */
    public static ApiError http(int status) {
        return switch (status) {
            case 403 ->
                    new ApiError(status, -1002, "You are not authorized to execute this request.");
            case 404 -> new ApiError(status, -1020, "There is nothing at this path.");
            case 405 -> new ApiError(status, -1020, "This operation is not supported.");
            case TOO_MANY_REQUESTS -> new ApiError(status, -1003, "Too many requests.");
            default -> new ApiError(status, -1100, "The request is malformed.");
        };
    }

    /** Something failed that is not the client's fault. */
    public static ApiError unknown() {
        return new ApiError(
                UNAVAILABLE, -1000, "An unknown error occurred while processing the request.");
    }

    /** Too much is going on for this request. */
    public static ApiError busy(int retryAfter) {
        return new ApiError(
                UNAVAILABLE,
                -1008,
                "Server is currently overloaded with other requests. Please try again later.",
                retryAfter);
    }

    /**
     * No store that could answer was there.
     *
     * @param stores their names
     */
    public static ApiError unavailable(Object stores) {
        return new ApiError(
                UNAVAILABLE,
                -1001,
                "Internal error; unable to process your request. Please try again. No answer from "
                        + stores,
                1);
    }

    /** More weight than allowed. */
    public static ApiError tooManyRequests(long weightPerMinute, int retryAfter) {
        return new ApiError(
                TOO_MANY_REQUESTS,
                -1003,
                "Too much request weight used; current limit is "
                        + weightPerMinute
                        + " request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling"
                        + " the API.",
                retryAfter);
    }

    /** More answers than one client may have under way. */
    public static ApiError tooManyAtOnce(int most, int retryAfter) {
        return new ApiError(
                TOO_MANY_REQUESTS,
                -1003,
                "Too many requests at once; current limit is " + most + " answers under way.",
                retryAfter);
    }

    /** More WebSocket connections than allowed. */
    public static ApiError tooManyConnections(int perFiveMinutes, int retryAfter) {
        return new ApiError(
                TOO_MANY_REQUESTS,
                -1034,
                "Too many connection attempts; current limit is "
                        + perFiveMinutes
                        + " per 5 MINUTES.",
                retryAfter);
    }

    /** A value that the parameter's pattern does not allow. */
    public static ApiError illegalCharacters(String parameter, String pattern) {
        return badRequest(
                -1100,
                "Illegal characters found in parameter '%s'; legal range is '%s'.",
                parameter,
                pattern);
    }

    /** A query that cannot be decoded. */
    public static ApiError illegalCharacters() {
        return badRequest(-1100, "Illegal characters found in a parameter.");
    }

    /** Parameters for an endpoint that has none. */
    public static ApiError tooManyParameters(int expected, int received) {
        return badRequest(
                -1101, "Too many parameters; expected '%d' and received '%d'.", expected, received);
    }

    /** One parameter several times. */
    public static ApiError duplicate() {
        return badRequest(-1101, "Duplicate values for a parameter detected.");
    }

    /** A parameter that is needed. */
    public static ApiError mandatory(String parameter) {
        return badRequest(
                -1102,
                "Mandatory parameter '%s' was not sent, was empty/null, or malformed.",
                parameter);
    }

    /** Parameters that the endpoint does not know. */
    public static ApiError unread(int read, int sent) {
        return badRequest(
                -1104,
                "Not all sent parameters were read; read '%d' parameter(s) but was sent '%d'.",
                read,
                sent);
    }

    /** A parameter without a value. */
    public static ApiError empty(String parameter) {
        return badRequest(-1105, "Parameter '%s' was empty.", parameter);
    }

    /** A number that is too large to be read. */
    public static ApiError overflow(String parameter) {
        return badRequest(-1108, "Parameter '%s' overflowed.", parameter);
    }

    /** An interval that there is not. */
    public static ApiError badInterval() {
        return badRequest(-1120, "Invalid interval.");
    }

    /** A symbol that is not known. */
    public static ApiError badSymbol() {
        return badRequest(-1121, "Invalid symbol.");
    }

    /**
     * A symbol of which nothing is known.
     *
     * @param away the stores that may know it and could not be asked
     */
    public static ApiError unknownSymbol(Set<Store> away) {
        return away.isEmpty() ? badSymbol() : unavailable(new TreeSet<>(away));
    }

    /** A status that symbols cannot have. */
    public static ApiError badSymbolStatus() {
        return badRequest(-1122, "Invalid symbolStatus.");
    }

    /** Parameters that exclude each other. */
    public static ApiError badCombination() {
        return badRequest(-1128, "Combination of optional parameters invalid.");
    }

    /** A value out of range. */
    public static ApiError invalid(String parameter) {
        return badRequest(-1130, "Data sent for parameter '%s' is not valid.", parameter);
    }

    /** A symbol several times in one list. */
    public static ApiError duplicateSymbols() {
        return badRequest(-1151, "Symbol is present multiple times in the list.");
    }

    /** A message that is not a request in JSON. */
    public static ApiError badJson() {
        return badRequest(-1135, "Invalid JSON Request");
    }

    /** A parameter whose JSON is neither a value nor a list of texts. */
    public static ApiError badJson(String parameter) {
        return badRequest(-1135, "JSON sent for parameter '%s' is not valid", parameter);
    }

    /** A kind of ticker that there is not. */
    public static ApiError badTickerType() {
        return badRequest(-1139, "Invalid ticker type.");
    }

    /** A status that the one symbol asked for does not have. */
    public static ApiError otherStatus() {
        return badRequest(-1220, "The symbol's status does not match the requested symbolStatus.");
    }

    private static ApiError badRequest(int code, String message, Object... arguments) {
        return new ApiError(BAD_REQUEST, code, message.formatted(arguments));
    }
}
