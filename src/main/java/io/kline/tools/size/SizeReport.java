package io.kline.tools.size;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a {@link Sizing} says, for people. */
final class SizeReport {

    private static final double MEGABYTE = 1e6;
    private static final double GIGABYTE = 1e9;

    private final Sizing sizing;
    private final List<String> lines = new ArrayList<>();

    SizeReport(Sizing sizing) {
        this.sizing = sizing;
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
        add("Live job      work of %.1f cores at the peak", sizing.liveCpu());
        add(
                "              parallelism %1$d, %1$d slots; twice as many for an upgrade without a"
                        + " gap, or a standby",
                sizing.liveParallelism());
        add("              heap %s in all TaskManagers", size(sizing.liveHeap()));
        add("              checkpoint %s", size(sizing.checkpointBytes()));
        add("History job   work of %.2f cores on average", sizing.historyCpu());
        add("              parallelism %d, as many slots", sizing.historyParallelism());
        add(
                "Redis         memory %s after %.1f years; as much again for a rewrite of its file",
                size(sizing.redisBytes()), of.years());
        add(
                "              work of %.1f cores at the peak: %d masters",
                sizing.redisCpu(), sizing.redisMasters());
        add(
                "MySQL         %,.0f rows a day, %,.0f after %.1f years: %s",
                of.rowsPerDay(), of.rows(), of.years(), size(sizing.mysqlBytes()));
        add("              work of %.2f cores on average", sizing.mysqlCpu());
        add(
                "              %,.0f rows at the busiest boundary: %.1f s of a core",
                sizing.boundaryRows(), sizing.mysqlBoundarySeconds());
        add(
                "Kafka         %s/s of trades, %s a day of candles, before it is packed",
                size(sizing.tradeBytesPerSecond()), size(sizing.klineBytesPerDay()));
        add(
                "              %s on all brokers for %.0f days at the peak, %d replicas",
                size(sizing.kafkaBytes()), of.days(), of.replicas());
        add(
                "              partitions: %d of trades, %d of klines, or multiples",
                sizing.liveParallelism(), sizing.historyParallelism());
        add(
                "Network       %s/s from Kafka, %s/s to Redis and as much to each of its subscribers",
                size(sizing.tradeBytesPerSecond()), size(sizing.redisBytesPerSecond()));
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
