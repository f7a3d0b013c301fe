package io.kline.tools.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Options of the measured JVMs: the same for all of them. */
final class Flags {

    /**
     * What this process has opened, for Flink needs it, and a heap of one size that has been used
     * before: memory that is touched for the first time costs a virtual machine milliseconds.
     */
    static final List<String> JVM = all();

    private Flags() {}

    private static List<String> all() {
        List<String> flags =
                new ArrayList<>(
                        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                                .filter(
                                        flag ->
                                                flag.startsWith("--add-opens")
                                                        || flag.startsWith("-Dlog4j2")
                                                        || flag.startsWith("-Dkline."))
                                .toList());
        flags.addAll(List.of("-Xms2g", "-Xmx2g", "-XX:+AlwaysPreTouch"));
        return List.copyOf(flags);
    }
}
