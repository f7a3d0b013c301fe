package io.kline.tools.chaos;

import io.kline.tools.cluster.Rest;
import java.io.Closeable;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What a cluster keeps in memory, every few seconds: the heaps of all TaskManagers together, and
 * the candles that wait for Redis.
 */
final class MemoryWatch implements Closeable {

    private static final String HEAP = "Status.JVM.Memory.Heap.Used";
    private static final String CANDLES = "pendingCandles";
    private static final String BYTES = "pendingBytes";
    private static final long PERIOD_SECONDS = 3;

    private final Supplier<Optional<Rest>> rest;
    private final Thread thread = new Thread(this::watch, "memory-watch");
    private double heapBefore;
    private double heapMost;
    private double heapNow;
    private double candles;
    private double bytes;

    /**
     * Begins to watch.
     *
     * @param rest of the cluster, if it answers
     */
    MemoryWatch(Supplier<Optional<Rest>> rest) {
        this.rest = rest;
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins to measure anew. */
    synchronized void reset() {
        heapBefore = heapNow;
        heapMost = heapNow;
        candles = 0;
        bytes = 0;
    }

    /** What was seen since {@link #reset}. */
    synchronized String report() {
        return String.format(
                Locale.ROOT,
                "heaps %.0f MB before, %.0f at most, %.0f after; waiting for Redis at most"
                        + " %,.0f candles, %.1f MB",
                heapBefore / (1 << 20),
                heapMost / (1 << 20),
                heapNow / (1 << 20),
                candles,
                bytes / (1 << 20));
    }

    private void watch() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(PERIOD_SECONDS);
                try {
                    rest.get().ifPresent(this::look);
                } catch (UncheckedIOException nobodyAnswers) {
                    continue;
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Rest flink) {
        double waiting = 0;
        double waitingBytes = 0;
        for (Rest.Job job : flink.jobs()) {
            if (job.isAlive()) {
                waiting += flink.sum(job.id(), CANDLES);
                waitingBytes += flink.sum(job.id(), BYTES);
            }
        }
        seen(flink.sumOfTaskManagers(HEAP), waiting, waitingBytes);
    }

    private synchronized void seen(double heap, double waiting, double waitingBytes) {
        heapNow = heap;
        heapMost = Math.max(heapMost, heap);
        candles = Math.max(candles, waiting);
        bytes = Math.max(bytes, waitingBytes);
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
