package io.kline.tools.size;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a {@link Sizing} says, for people. */
final class SizeReport {

    private static final double MEGABYTE = 1e6;
    private static final double GIGABYTE = 1e9;

    private final Sizing sizing;
    private final Cores cores;
    private final List<String> lines = new ArrayList<>();

    SizeReport(Sizing sizing, Cores cores) {
        this.sizing = sizing;
        this.cores = cores;
    }

    List<String> lines() {
        Installation of = sizing.of();
        add(
                "%,d symbols (%,d active) × %d intervals = %,d series; %,.0f trades/s;"
                        + " %,.0f forming candles/s",
                of.symbols(),
                of.active(),
                of.intervals().size(),
                of.series(),
                of.tradesPerSecond(),
                of.candlesPerSecond());
        add("");
        add("Live job      state %s; packed, a checkpoint is less", size(sizing.checkpointBytes()));
        add("              heap %s in all TaskManagers: give twice that", size(sizing.liveHeap()));
        add("              and 0.4 MB, 24 at most, for each symbol whose ids have many gaps");
        add("              and 200 MB for each subtask of the writer while Redis is away for long");
        add(
                "Redis         memory %s after %.1f years; as much again for a rewrite of its file",
                size(sizing.redisBytes()), of.years());
        add(
                "MySQL         %,.0f rows a day, %,.0f after %.1f years: %s",
                of.rowsPerDay(), of.rows(), of.years(), size(sizing.mysqlBytes()));
        add(
                "              %,.0f rows/s on average, %,d at the busiest boundary",
                sizing.rowsPerSecond(), of.series());
        add(
                "Kafka         %s/s of trades, %s a day of candles, before it is packed",
                size(sizing.tradeBytesPerSecond()), size(sizing.klineBytesPerDay()));
        add(
                "              %s on all brokers for %.0f days at the peak, %d replicas",
                size(sizing.kafkaBytes()), of.days(), of.replicas());
        add(
                "Network       %s/s from Kafka, %s/s to Redis and as much to each of its subscribers",
                size(sizing.tradeBytesPerSecond()), size(sizing.redisBytesPerSecond()));
        add(
                "Cores         live job %,.1f, Redis %,.1f, MySQL %,.1f",
                cores.live(), cores.redis(), cores.mysql());
        return List.copyOf(lines);
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private static String size(double bytes) {
        return bytes >= GIGABYTE
                ? String.format(Locale.ROOT, "%,.1f GB", bytes / GIGABYTE)
                : String.format(Locale.ROOT, "%,.1f MB", bytes / MEGABYTE);
    }
}
