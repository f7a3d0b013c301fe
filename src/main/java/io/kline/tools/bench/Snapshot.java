package io.kline.tools.bench;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What some processes had used, and some counters counted, at a moment.
 *
 * @param nanos the moment
 * @param cpuSeconds by the name of the process
 * @param counts by the name of the counter
 */
record Snapshot(long nanos, Map<String, Double> cpuSeconds, Map<String, Long> counts) {

    /**
     * Takes one.
     *
     * @param clocks CPU time of processes, s, by name
     */
    static Snapshot of(Map<String, DoubleSupplier> clocks, Map<String, LongSupplier> counters) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        clocks.forEach((name, clock) -> seconds.put(name, clock.getAsDouble()));
        long now = System.nanoTime();
        Map<String, Long> counts = new LinkedHashMap<>();
        counters.forEach((name, counter) -> counts.put(name, counter.getAsLong()));
        return new Snapshot(now, seconds, counts);
    }

    /** CPU time that a process has used from an earlier moment on, s. */
    double cpuSince(Snapshot before, String process) {
        return cpuSeconds.get(process) - before.cpuSeconds.get(process);
    }

    /** What was counted from an earlier moment on. */
    long countSince(Snapshot before, String counter) {
        return counts.get(counter) - before.counts.get(counter);
    }

    /** Time that has passed from an earlier moment on, s. */
    double secondsSince(Snapshot before) {
        return (nanos - before.nanos) / 1e9;
    }
}
