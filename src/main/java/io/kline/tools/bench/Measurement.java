package io.kline.tools.bench;

import java.util.List;
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

    static final String MEDIAN = "p50";

    private static final double MICROS = 1_000;
    private static final String MILLIS = "ms";

    /** Latency that a part of the requests stayed below, ms. */
    private double millisAt(double percentile) {
        return latencies.getValueAtPercentile(percentile) / MICROS;
    }

    List<Reading> readings() {
        return List.of(
                new Reading(MEDIAN, MILLIS, millisAt(50)),
                new Reading("p90", MILLIS, millisAt(90)),
                new Reading("p99", MILLIS, millisAt(99)),
                new Reading("highest", MILLIS, millisAt(100)),
                new Reading("median in /metrics", MILLIS, serverMedianMillis),
                new Reading("requests/s", "1/s", latencies.getTotalCount() / seconds));
    }
}
