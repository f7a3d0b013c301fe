package io.kline.tools.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/** How many cores of this machine others use: of a machine that is busy no figure is taken. */
final class ForeignLoad {

    /** The most that is allowed, cores. */
    static final double MOST = 0.3;

    /** Clock ticks a second, in which Linux counts CPU time whatever the kernel's own rate is. */
    static final double TICKS = 100;

    private ForeignLoad() {}

    /** Measures over a time, in which this process and its children should rest. */
    static double measure(Duration time) throws IOException, InterruptedException {
        String before = Files.readString(Path.of("/proc/stat"));
        double own = ProcessCpu.ofTree(ProcessHandle.current());
        Thread.sleep(time.toMillis());
        double ownNow = ProcessCpu.ofTree(ProcessHandle.current());
        String now = Files.readString(Path.of("/proc/stat"));
        double all = busySeconds(now) - busySeconds(before);
        return Math.max(0, all - (ownNow - own)) / (time.toMillis() / 1e3);
    }

    /** Whether figures may be taken. */
    static boolean isLow(double cores) {
        return cores <= MOST;
    }

    /**
     * CPU time that was used, or taken away by the host, since the start of the machine, s.
     *
     * @param stat text of {@code /proc/stat}
     */
    static double busySeconds(String stat) {
        long[] ticks =
                Arrays.stream(stat.lines().findFirst().orElseThrow().split(" +"))
                        .skip(1)
                        .mapToLong(Long::parseLong)
                        .toArray();
        // user nice system idle iowait irq softirq steal; guests are in user already
        return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6] + ticks[7]) / TICKS;
    }
}
