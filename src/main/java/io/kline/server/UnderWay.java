package io.kline.server;

import io.kline.server.api.ApiError;
import io.kline.server.api.AtOnce;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * The answers that are being sent. Each may keep a thread as long as its client takes, so one
 * client has a few of them only. How many requests are being answered does not matter. Thread safe.
 */
final class UnderWay {

    /** Of one client: a fifth of the server's threads. */
    static final int MOST = 50;

    private static final int AGAIN_SECONDS = 1;

    private final AtOnce answers = new AtOnce();

    /**
     * One more is sent; it ends by itself.
     *
     * @param address of the client
     * @throws ApiError if the client has too many
     */
    void begin(HttpServletRequest request, String address) {
        if (answers.begin(address) > MOST) {
            answers.end(address);
            throw ApiError.tooManyAtOnce(MOST, AGAIN_SECONDS);
        }
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request),
                failure -> answers.end(address));
    }
}
