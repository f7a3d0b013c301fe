package io.kline.server.stream;

import com.fasterxml.jackson.core.JsonLocation;
import io.kline.server.api.ApiError;

/**
 * A message of a client that cannot be followed, with the code and the message of Binance's table.
 *
 * @see <a
 *     href="https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md#error-messages">the
 *     table</a>
 */
final class CommandError extends RuntimeException {

    private static final int UNKNOWN_PROPERTY = 0;
    private static final int BAD_TYPE = 1;
    private static final int BAD_REQUEST = 2;
    private static final int BAD_JSON = 3;

    private final int code;
    private final transient Object id;

    private CommandError(int code, String message, Object id) {
        super(message, null, false, false);
        this.code = code;
        this.id = id;
    }

    int code() {
        return code;
    }

    /** The id of the command, or null. */
    Object id() {
        return id;
    }

    static CommandError unknownProperty(Object id) {
        return new CommandError(UNKNOWN_PROPERTY, "Unknown property", id);
    }

    static CommandError notBoolean(Object id) {
        return new CommandError(BAD_TYPE, "Invalid value type: expected Boolean", id);
    }

    static CommandError badRequest(String what, Object id) {
        return new CommandError(BAD_REQUEST, "Invalid request: " + what, id);
    }

    /** One of the errors of HTTP, such as too much weight. */
    static CommandError refused(ApiError error, Object id) {
        return new CommandError(error.code(), error.getMessage(), id);
    }

    static CommandError badId() {
        return badRequest("request ID must be an unsigned integer", null);
    }

    static CommandError invalidJson(JsonLocation location) {
        return new CommandError(
                BAD_JSON,
                "Invalid JSON: expected value at line "
                        + location.getLineNr()
                        + " column "
                        + location.getColumnNr(),
                null);
    }
}
