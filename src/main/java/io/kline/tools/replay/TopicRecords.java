package io.kline.tools.replay;

import io.kline.config.KafkaOptions;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The records of a topic, up to the end that it has when it is asked. Used by one thread. */
public final class TopicRecords implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofMinutes(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    private TopicRecords(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /** Takes the records one by one. */
    public interface Taker<E extends Exception> {
        void take(ConsumerRecord<byte[], byte[]> record) throws E;
    }

    /**
     * Connects to Kafka, for the topic of trades from its beginning.
     *
     * @throws KafkaException if the topic cannot be reached
     */
    public static TopicRecords open(KafkaOptions options) {
        Properties properties = options.clientProperties();
        // As the live job does: trades of an aborted transaction never happened.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Who is slower than the retention must not go on at the end.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return open(
                options.tradesTopic,
                properties,
                records -> {
                    if (records.partitions.isEmpty()) {
                        throw new KafkaException("there is no topic " + options.tradesTopic);
                    }
                    records.begin(records.partitions);
                });
    }

    /**
     * Connects to Kafka, for the topic of klines from where the history job has committed its
     * offsets, or from a time if that is earlier. Without committed offsets the job would begin at
     * the first record, too.
     *
     * @param time ms
     * @throws KafkaException if the topic cannot be reached
     */
    public static TopicRecords ofKlinesSince(KafkaOptions options, long time) {
        Properties properties = options.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, options.historyGroupId());
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return open(options.klinesTopic, properties, records -> records.beginSince(time));
    }

    private static TopicRecords open(
            String topic, Properties properties, Consumer<TopicRecords> beginning) {
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        // What there is is read; at its end the broker would keep each other request waiting so
        // long.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 20);
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(one -> new TopicPartition(one.topic(), one.partition()))
                            .toList();
            TopicRecords records = new TopicRecords(consumer, partitions);
            beginning.accept(records);
            return records;
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * The partitions whose first records are deleted, and the timestamp of the first one that is
     * left, ms; MAX_VALUE if none is. To be asked before anything is read.
     */
    public Map<TopicPartition, Long> shortened() {
        Map<TopicPartition, Long> shortened = new LinkedHashMap<>();
        consumer.beginningOffsets(partitions)
                .forEach(
                        (partition, begin) -> {
                            if (begin > 0) {
                                begin(List.of(partition));
                                shortened.put(partition, firstTimestamp(partition));
                            }
                        });
        begin(partitions);
        return shortened;
    }

    /**
     * Hands out what is there now and was not handed out before.
     *
     * @throws KafkaException if some of it is deleted before it is read, or nothing comes for a
     *     minute
     */
    public <E extends Exception> void readOn(Taker<E> taker) throws E {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long reached = -1;
        long since = System.nanoTime();
        while (!isAt(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                taker.take(record);
            }
            long now = partitions.stream().mapToLong(consumer::position).sum();
            if (now > reached) {
                reached = now;
                since = System.nanoTime();
            } else {
                requireNoSilence(since);
            }
        }
    }

    private static void requireNoSilence(long since) {
        if (System.nanoTime() - since > SILENCE.toNanos()) {
            throw new KafkaException(
                    "Kafka has sent nothing for %d s".formatted(SILENCE.toSeconds()));
        }
    }

    private ConsumerRecords<byte[], byte[]> poll() {
        try {
            return consumer.poll(POLL);
        } catch (InvalidOffsetException e) {
            throw new KafkaException(
                    "records were deleted before they were read, of "
                            + e.partitions()
                            + ": the topic keeps them for too short a time",
                    e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void begin(List<TopicPartition> some) {
        consumer.assign(some);
        consumer.seekToBeginning(some);
    }

    private void beginSince(long time) {
        Map<TopicPartition, OffsetAndMetadata> committed =
                consumer.committed(new HashSet<>(partitions));
        Map<TopicPartition, OffsetAndTimestamp> recent =
                consumer.offsetsForTimes(
                        partitions.stream()
                                .collect(Collectors.toMap(Function.identity(), any -> time)));
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        for (TopicPartition one : partitions) {
            OffsetAndMetadata applied = committed.get(one);
            OffsetAndTimestamp earlier = recent.get(one);
            long from = applied == null ? first.get(one) : applied.offset();
            consumer.seek(one, earlier == null ? from : Math.min(from, earlier.offset()));
        }
    }

    private long firstTimestamp(TopicPartition partition) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long since = System.nanoTime();
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : poll()) {
                return record.timestamp();
            }
            requireNoSilence(since);
        }
        return Long.MAX_VALUE;
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
