package io.kline.server;

import io.javalin.http.Context;
import io.kline.server.api.ApiResponse;
import io.kline.server.api.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the server counts, in Prometheus' text format. */
final class ServerMetrics implements AutoCloseable {

    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final int OK = 200;
    private static final double[] PERCENTILES = {0.5, 0.99};
    private static final double NANOS_OF_MILLI = 1e6;

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();

    ServerMetrics() {
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    MeterRegistry registry() {
        return registry;
    }

    /** The endpoint that reports them. */
    List<Endpoint> endpoints() {
        return List.of(new Endpoint("/metrics", 1, Set.of(), none -> scrape()));
    }

    /** All of them as a text. */
    ApiResponse scrape() {
        return new ApiResponse(
                OK, TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8), Set.of());
    }

    /**
     * Counts a request.
     *
     * @param path of its endpoint, or {@code other}: never what a client made up
     */
    void count(Context context, String path, float millis) {
        Timer.builder("kline.http.requests")
                .description("Requests over HTTP, until the answer is written")
                .tag("path", path)
                .tag("status", Integer.toString(context.statusCode()))
                .publishPercentiles(PERCENTILES)
                .register(registry)
                .record((long) (millis * NANOS_OF_MILLI), TimeUnit.NANOSECONDS);
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
