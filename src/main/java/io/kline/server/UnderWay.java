package io.kline.server;

import io.kline.server.api.ApiError;
import io.kline.server.api.AtOnce;
import jakarta.servlet.http.HttpServletRequest;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * The requests whose answers have not left. Each may keep a thread as long as its client takes, so
 * one client has a few of them only. Thread safe.
 */
final class UnderWay {

    /** Of one client: a fifth of the server's threads. */
    static final int MOST = 50;

    /** As many again may wait for the network with a refusal. */
    private static final int MOST_REFUSED = 50;

    private static final int AGAIN_SECONDS = 1;

    private final AtOnce requests = new AtOnce();

    /**
     * One more begins; it ends by itself.
     *
     * @param address of the client
     * @throws ApiError if the client has too many
     */
    void begin(HttpServletRequest request, String address) {
        int count = requests.begin(address);
        Request.addCompletionListener(
                ServletContextRequest.getServletContextRequest(request),
                failure -> requests.end(address));
        if (count > MOST + MOST_REFUSED) {
            LongBody.reset(request);
        }
        if (count > MOST) {
            throw ApiError.tooManyAtOnce(MOST, AGAIN_SECONDS);
        }
    }
}
