package io.kline.tools.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Latencies of one kind of request.
 *
 * @param what the request and its conditions
 * @param goalMillis what the median should stay below
 * @param latencies in µs
 * @param seconds how long it was measured
 * @param serverMedianMillis the median that the server itself has seen
 */
record Measurement(
        String what,
        double goalMillis,
        Histogram latencies,
        double seconds,
        double serverMedianMillis) {

    private static final double MICROS = 1_000;

    /** The heading of {@link #line()}. */
    static final String HEADING =
            "%-62s %8s %8s %8s %8s %8s %8s %8s"
                    .formatted("ms", "goal", "p50", "p90", "p99", "max", "server", "1/s");

    /** Latency that a part of the requests stayed below, ms. */
    double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MICROS;
    }

    /** Requests per second. */
    double rate() {
        return latencies.getTotalCount() / seconds;
    }

    /** One line of the table. */
    String line() {
        return String.format(
                Locale.ROOT,
                "%-62s %8.0f %8.1f %8.1f %8.1f %8.1f %8.1f %8.0f",
                what,
                goalMillis,
                millisAt(50),
                millisAt(90),
                millisAt(99),
                millisAt(100),
                serverMedianMillis,
                rate());
    }
}
