package io.kline.sink.redis;

import io.kline.model.Candle;
import java.util.function.LongSupplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/** What a writer reports about itself. Changed by the task thread, read by reporters. */
final class RedisSinkMetrics {

    /** Number of candles that the quantiles of freshness are of. */
    private static final int WINDOW = 2_000;

    /** Candles that Redis stored and published. */
    final Counter accepted;

    /** Candles that Redis turned down, having something newer. */
    final Counter stale;

    /** Candles that met another version of themselves before they were written. */
    final Counter coalesced;

    /** Candles dropped unwritten, being older than what a full history holds. */
    final Counter trimmed;

    /** Candles written once more after Redis may have lost them. */
    final Counter rewritten;

    /** Candles that will be tried again, each time they are. */
    final Counter retried;

    /** The part of {@link #retried} for which somebody has to act. */
    final Counter blocked;

    /** Connections replaced and servers that took over. */
    final Counter reconnects;

    /** Age of the last trade of a forming candle when Redis has it, ms. */
    private final Histogram freshness;

    private final LongSupplier wallClock;
    private volatile long pending;
    private volatile long pendingBytes;
    private volatile boolean stalled;
    private volatile boolean connected;
    private volatile long batchMillis;

    /**
     * @param wallClock what the times of trades are compared with, ms since the epoch
     */
    RedisSinkMetrics(SinkWriterMetricGroup group, LongSupplier wallClock) {
        this.wallClock = wallClock;
        freshness = group.histogram("freshnessMillis", new DescriptiveStatisticsHistogram(WINDOW));
        accepted = group.counter("candlesAccepted");
        stale = group.counter("candlesStale");
        coalesced = group.counter("candlesCoalesced");
        trimmed = group.counter("candlesTrimmed");
        rewritten = group.counter("candlesRewritten");
        retried = group.counter("candlesRetried");
        blocked = group.counter("candlesBlocked");
        reconnects = group.counter("reconnects");
        group.gauge("pendingCandles", () -> pending);
        group.gauge("pendingBytes", () -> pendingBytes);
        group.gauge("stalled", () -> stalled ? 1 : 0);
        group.gauge("connected", () -> connected ? 1 : 0);
        group.gauge("cutOff", () -> pending > 0 && !connected ? 1 : 0);
        group.setCurrentSendTimeGauge(() -> batchMillis);
    }

    /**
     * Redis holds a candle. Fresh is what a trade has just changed: the end of a candle, and what
     * is written once more, come long after the last trade and are no delay.
     *
     * @param isNews whether it was not there before
     */
    void accepted(Candle candle, boolean isNews) {
        accepted.inc();
        if (isNews && !candle.isFlat() && !candle.closed()) {
            freshness.update(wallClock.getAsLong() - candle.lastTime());
        }
    }

    /** Candles that are not acknowledged yet, and the bytes of memory that they take. */
    void pending(long candles, long bytes) {
        pending = candles;
        pendingBytes = bytes;
    }

    /** Whether the job waits until there is memory for more of them. */
    void stalled(boolean is) {
        stalled = is;
    }

    /** Whether the last batch to each server was executed. */
    void connected(boolean is) {
        connected = is;
    }

    /** How long the last batch took, ms; reported as Flink's {@code currentSendTime}. */
    void batchMillis(long millis) {
        batchMillis = millis;
    }
}
