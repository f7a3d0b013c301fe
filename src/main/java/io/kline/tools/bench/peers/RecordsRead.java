package io.kline.tools.bench.peers;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Counts the records that the consumers of this process have read, and says when the warm-up is
 * over. All peers read by Kafka's consumer, so this counts in all of them, a batch at a time and
 * without a part in what they do. A peer is then at most the batches behind that wait in it.
 */
public final class RecordsRead implements ConsumerInterceptor<Object, Object> {

    /** Property of a consumer: after how many records of the process it slows down. */
    static final String SLOW_AFTER = "kline.peer.slow-after";

    private static final long PAUSE_MS = 1_000;

    private static final AtomicLong READ = new AtomicLong();
    private static volatile long warmUp;

    private long slowAfter = Long.MAX_VALUE;

    /**
     * Counts from zero.
     *
     * @param records how many the warm-up has
     */
    static void begin(long records) {
        READ.set(0);
        warmUp = Math.max(1, records);
    }

    /** How many were read so far. */
    static long soFar() {
        return READ.get();
    }

    @Override
    public void configure(Map<String, ?> settings) {
        if (settings.get(SLOW_AFTER) instanceof String records) {
            slowAfter = Long.parseLong(records);
        }
    }

    @Override
    public ConsumerRecords<Object, Object> onConsume(ConsumerRecords<Object, Object> records) {
        long before = READ.getAndAdd(records.count());
        long after = before + records.count();
        if (before < warmUp && after >= warmUp) {
            System.out.println("MARK warm " + after);
        }
        if (after > slowAfter) {
            pause();
        }
        return records;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void close() {}
}
