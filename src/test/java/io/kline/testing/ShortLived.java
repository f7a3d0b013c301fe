package io.kline.testing;

import java.util.Map;

/** Settings of a Flink whose processes live for a minute. */
public final class ShortLived {

    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    /** What the second compiler does would not pay off. */
    public static final Map<String, String> SETTINGS =
            Map.of(
                    "env.java.opts.jobmanager", FIRST_COMPILER,
                    "env.java.opts.taskmanager", FIRST_COMPILER);

    private ShortLived() {}
}
