package io.kline.server;

import io.kline.server.api.ApiError;
import io.kline.server.api.ApiResponse;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Reports what Jetty itself refuses, such as a header that is too large or the handshake of a
 * WebSocket, like every other error.
 */
final class JsonErrors extends ErrorHandler {

    private static final int SERVER_ERROR = 500;

    @Override
    protected void generateResponse(
            Request request,
            Response response,
            int code,
            String message,
            Throwable cause,
            Callback callback) {
        ApiError error = error(request, code);
        ApiResponse reply = ApiResponse.of(error);
        response.setStatus(reply.status());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, reply.type());
        if (error.retryAfter() > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, error.retryAfter());
        }
        response.write(true, ByteBuffer.wrap(reply.body()), callback);
    }

    private static ApiError error(Request request, int code) {
        if (request.getAttribute(ApiError.ATTRIBUTE) instanceof ApiError known) {
            return known;
        }
        return code < SERVER_ERROR ? ApiError.http(code) : ApiError.unknown();
    }
}
