package io.kline.history;

import io.kline.model.Candle;
import io.kline.store.heal.HistoryHealer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.core.io.InputStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the {@link HistoryHealer} in a thread; has no records. */
final class HealReader implements SourceReader<Candle, HealSource.NoSplit> {

    private static final Logger LOG = LoggerFactory.getLogger(HealReader.class);

    private static final long CLOSE_MILLIS = 5_000;

    private final Supplier<HistoryHealer> opener;
    private final HealMetrics metrics;
    private final Duration interval;

    /** Completed only when the thread has died. */
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /** Whether the last look ended early: that is logged once. */
    private boolean isTroubled;

    private volatile Throwable deadly;

    /**
     * @param interval time from the end of a look to the next one
     */
    HealReader(Supplier<HistoryHealer> opener, HealMetrics metrics, Duration interval) {
        this.opener = opener;
        this.metrics = metrics;
        this.interval = interval;
        thread = new Thread(this::run, "kline-history-healer");
        thread.setDaemon(true);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Candle> output) {
        if (deadly != null) {
            throw new IllegalStateException("histories in Redis are not healed any more", deadly);
        }
        return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
        return ended;
    }

    @Override
    public List<HealSource.NoSplit> snapshotState(long checkpointId) {
        return List.of();
    }

    @Override
    public void addSplits(List<HealSource.NoSplit> splits) {
        // There are none.
    }

    @Override
    public void notifyNoMoreSplits() {
        // There were none.
    }

    /** Stops within seconds; an answer of MySQL that takes longer is not waited for. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (HistoryHealer healer = opener.get()) {
            do {
                look(healer);
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.debug("the task has ended", e);
        } catch (RuntimeException | Error e) {
            // The task fails and is started again, rather than look healthy and do nothing.
            deadly = e;
            ended.complete(null);
        }
    }

    private void look(HistoryHealer healer) throws InterruptedException {
        long candles = metrics.candles();
        long series = metrics.series();
        try {
            metrics.looked(healer.look());
            isTroubled = false;
        } catch (IOException | SQLException | RuntimeException e) {
            metrics.failed();
            if (!isTroubled && closed.getCount() > 0) {
                isTroubled = true;
                LOG.warn("Histories in Redis cannot be healed from MySQL for now", e);
            }
        }
        if (metrics.series() > series) {
            LOG.info(
                    "Brought {} candles of {} series back to Redis",
                    metrics.candles() - candles,
                    metrics.series() - series);
        }
    }
}
