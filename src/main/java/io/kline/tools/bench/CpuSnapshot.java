package io.kline.tools.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much CPU time some processes had used at a moment.
 *
 * @param nanos the moment
 * @param seconds by the name of the process
 */
record CpuSnapshot(long nanos, Map<String, Double> seconds) {

    /** The processes as they are now, by name and process id. */
    static CpuSnapshot of(Map<String, Long> processes) {
        Map<String, Double> seconds = new LinkedHashMap<>();
        processes.forEach((name, pid) -> seconds.put(name, ProcessCpu.of(pid)));
        return new CpuSnapshot(System.nanoTime(), seconds);
    }

    /** What a process has used from an earlier moment on, s. */
    double since(CpuSnapshot before, String name) {
        return seconds.get(name) - before.seconds.get(name);
    }

    /** Time that has passed from an earlier moment on, s. */
    double secondsSince(CpuSnapshot before) {
        return (nanos - before.nanos) / 1e9;
    }
}
