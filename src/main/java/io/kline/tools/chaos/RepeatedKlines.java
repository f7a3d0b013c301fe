package io.kline.tools.chaos;

import io.kline.model.KlineEvent;
import io.kline.store.KlineJson;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts which events of the topic klines come more than once. */
final class RepeatedKlines implements AutoCloseable {

    private static final String TOPIC = "klines";
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    /**
     * Records that came.
     *
     * @param twice how many of them are repetitions
     */
    record Count(long all, long twice) {}

    /** Begins at the end of the topic. */
    RepeatedKlines(String bootstrap) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrap),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        partitions =
                consumer.partitionsFor(TOPIC).stream()
                        .map(one -> new TopicPartition(TOPIC, one.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
    }

    /** What came since the last call. */
    Count next() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Set<List<Object>> seen = new HashSet<>();
        long all = 0;
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                all++;
                seen.add(identity(KlineJson.readEvent(record.value())));
            }
        }
        return new Count(all, all - seen.size());
    }

    private static List<Object> identity(KlineEvent event) {
        if (event instanceof KlineEvent.Late late) {
            return List.of(late.late().candle(), late.late().trade().id());
        }
        KlineEvent.Closed closed = (KlineEvent.Closed) event;
        return List.of(closed.candle().key(), closed.candle().version());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
