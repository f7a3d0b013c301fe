package io.kline.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kline.server.api.ApiResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * Metrics at a port of their own. It has nothing in common with the server that clients ask: what
 * holds that one up is what metrics have to report.
 */
final class MetricsServer implements AutoCloseable {

    private static final String PATH = "/metrics";
    private static final int NOT_FOUND = 404;
    private static final int NO_BODY = -1;

    private final HttpServer http;
    private final Supplier<ApiResponse> metrics;

    /**
     * Starts it.
     *
     * @throws UncheckedIOException if it cannot listen there
     */
    MetricsServer(String host, int port, Supplier<ApiResponse> metrics) {
        this.metrics = metrics;
        try {
            http = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("metrics at port " + port + ": " + e.getMessage(), e);
        }
        http.createContext("/", this::answer);
        http.start();
    }

    @Override
    public void close() {
        http.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(NOT_FOUND, NO_BODY);
                return;
            }
            ApiResponse reply = metrics.get();
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.sendResponseHeaders(reply.status(), reply.body().length);
            exchange.getResponseBody().write(reply.body());
        }
    }
}
