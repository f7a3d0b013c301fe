package io.kline.history;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** What the healer of histories reports about itself. Written by its thread. */
final class HealMetrics {

    /** Histories that got candles back. */
    private final Counter series;

    /** Candles brought back. */
    private final Counter candles;

    /** Looks that ended early, since a store was away. */
    private final Counter failed;

    private final LongSupplier clock;
    private volatile long lastLook;
    private volatile int lacking;

    /**
     * @param clock never goes back, ns
     */
    HealMetrics(MetricGroup group, LongSupplier clock) {
        this.clock = clock;
        lastLook = clock.getAsLong();
        series = group.counter("seriesHealed");
        candles = group.counter("candlesHealed");
        failed = group.counter("looksFailed");
        group.gauge("millisSinceLook", (Gauge<Long>) this::millisSinceLook);
        group.gauge("symbolsWithoutLatest", (Gauge<Integer>) () -> lacking);
    }

    void healed(int brought) {
        series.inc();
        candles.inc(brought);
    }

    /**
     * A look is complete.
     *
     * @param withoutLatest how many symbols lack a latest kline
     */
    void looked(int withoutLatest) {
        lastLook = clock.getAsLong();
        lacking = withoutLatest;
    }

    void failed() {
        failed.inc();
    }

    /** How many candles so far. */
    long candles() {
        return candles.getCount();
    }

    /** How many series so far. */
    long series() {
        return series.getCount();
    }

    private long millisSinceLook() {
        return TimeUnit.NANOSECONDS.toMillis(clock.getAsLong() - lastLook);
    }
}
