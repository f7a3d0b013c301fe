package io.kline.server;

import io.kline.server.api.ApiError;
import io.kline.server.api.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Who may ask, and how much. */
final class Admission {

    private static final int SOCKET_WEIGHT = 2;
    private static final Duration SOCKET_PERIOD = Duration.ofMinutes(5);
    private static final int FORBIDDEN = 403;

    private final RateLimit rateLimit;
    private final RateLimit sockets;
    private final ClientAddress client;
    private final List<String> origins;

    Admission(ServerSettings settings, ClientAddress client) {
        ServerLimits limits = settings.limits();
        rateLimit = RateLimit.ofWeight(limits.weight());
        sockets =
                new RateLimit(
                        limits.sockets(),
                        SOCKET_PERIOD,
                        seconds -> ApiError.tooManyConnections(limits.sockets(), seconds));
        this.client = client;
        origins = settings.corsOrigins();
    }

    /** Who asks. */
    Caller caller(HttpServletRequest request) {
        String address = address(request);
        return new Caller(address, weight -> rateLimit.use(address, weight));
    }

    /**
     * The same for a WebSocket. Browsers let any page open one, so it is the server that looks
     * where the page is from.
     *
     * @return who asks on it
     * @throws ApiError if it must not be opened
     */
    Caller admitSocket(HttpServletRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !isAllowed(origin, request.getHeader("Host"))) {
            throw ApiError.http(FORBIDDEN);
        }
        Caller caller = caller(request);
        sockets.use(caller.address(), 1);
        caller.allowance().use(SOCKET_WEIGHT);
        return caller;
    }

    private String address(HttpServletRequest request) {
        // A proxy may add a line of its own: the last one is its word.
        List<String> forwarded = Collections.list(request.getHeaders("X-Forwarded-For"));
        String last = forwarded.isEmpty() ? null : forwarded.get(forwarded.size() - 1);
        return client.of(request.getRemoteAddr(), last);
    }

    private boolean isAllowed(String origin, String host) {
        if (origins.contains("*") || origins.contains(origin)) {
            return true;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
