package io.kline.tools.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What kind of world a scenario needs. */
enum Setup {
    /** A cluster with high availability; one Redis; the jobs reach all servers directly. */
    PLAIN,
    /** One Redis; between the jobs and each server is a network that can be broken. */
    STORES,
    /** A master with a replica, and three sentinels. */
    SENTINEL,
    /** A Redis Cluster of three masters, one of them with a replica. */
    CLUSTER,
    /** The jobs leave out the interval 3m. */
    FEW_INTERVALS,
    /** Used by one scenario that fills it with symbols, and thrown away. */
    CROWD,
    /** Each process has the clock of a file in its folder. */
    OWN_CLOCKS,
    /** All clocks are shortly before a moment at which every interval ends. */
    BOUNDARY;

    /** A first of a month that is a Monday, and begins a block of three days. */
    static final Instant ALL_INTERVALS_END = Instant.parse("2027-02-01T00:00:00Z");

    /** Intervals without 3m. */
    static final String WITHOUT_3M = "1m,5m,15m,30m,1h,2h,4h,6h,8h,12h,1d,3d,1w,1M";

    /** Where candles are to be given up soon: how late a trade may be. */
    static final String SHORT_LATENESS = "30s";

    /** Name of the file with the clock, in the working folder of a process. */
    static final String CLOCK = "clock";

    private static final int SLOTS = 8;

    /** How long a world may take to start, before the moment comes. */
    private static final Duration LEAD = Duration.ofSeconds(100);

    private static final List<Path> LIBRARIES =
            List.of(
                    Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1"),
                    Path.of("/usr/lib64/faketime/libfaketimeMT.so.1"));

    /** Why this machine cannot have it; empty if it can. */
    Optional<String> obstacle() {
        if (hasOtherClock() && library().isEmpty()) {
            return Optional.of("there is no libfaketime, which the package faketime has");
        }
        boolean needsNode = this == SENTINEL || this == CLUSTER;
        return needsNode && RedisNode.binary().isEmpty()
                ? Optional.of("there is no redis-server 7 or later on the PATH")
                : Optional.empty();
    }

    /** How many JobManagers there are: nobody has to take over where none is broken. */
    int jobManagers() {
        return breaksFlink() ? 2 : 1;
    }

    /** How many TaskManagers there are, which share the slots. */
    int taskManagers() {
        return breaksFlink() ? 4 : 2;
    }

    private boolean breaksFlink() {
        return this == PLAIN || this == CROWD || this == OWN_CLOCKS;
    }

    private static Optional<Path> library() {
        return LIBRARIES.stream().filter(Files::exists).findFirst();
    }

    /** Whether its processes, this one included, do not have the clock of the machine. */
    boolean hasOtherClock() {
        return this == OWN_CLOCKS || this == BOUNDARY;
    }

    /** Variables that give other clocks to a process and to all that it starts. */
    Map<String, String> clocks() {
        Map<String, String> clocks = new HashMap<>();
        clocks.put("LD_PRELOAD", library().orElseThrow().toString());
        // Waits and timeouts go by a clock that nobody sets.
        clocks.put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        // Without it timed waits of a JVM do not end: Kafka never answered.
        clocks.put("FAKETIME_FORCE_MONOTONIC_FIX", "0");
        if (this == BOUNDARY) {
            Instant start = ALL_INTERVALS_END.minus(LEAD);
            clocks.put(
                    "FAKETIME",
                    "%+d".formatted(Duration.between(Instant.now(), start).toSeconds()));
        } else {
            clocks.put("FAKETIME_TIMESTAMP_FILE", CLOCK);
            clocks.put("FAKETIME_CACHE_DURATION", "1");
        }
        // Times of files stay as they are.
        clocks.put("NO_FAKE_STAT", "1");
        return clocks;
    }

    /** Settings of the live job, and of the checker. */
    List<String> settings() {
        return this == FEW_INTERVALS
                ? List.of(
                        "--kline.intervals", WITHOUT_3M, "--kline.allowed-lateness", SHORT_LATENESS)
                : List.of();
    }

    /** Settings of Flink. */
    Map<String, String> flink() {
        Map<String, String> flink = new HashMap<>();
        flink.put("taskmanager.numberOfTaskSlots", Integer.toString(SLOTS / taskManagers()));
        flink.put("metrics.fetcher.update-interval", "2000");
        // Not on the way of any trade: its compiler would take the cores of what is. The collector
        // is the one that a JVM takes in a container of its size.
        flink.put("env.java.opts.jobmanager", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        // Seven of them start at the same time.
        flink.put("pekko.startup-timeout", "2min");
        if (this == CROWD) {
            // 1.5 million candles in two TaskManagers filled the heaps of the usual size.
            flink.put("taskmanager.memory.process.size", "3g");
        }
        return flink;
    }
}
