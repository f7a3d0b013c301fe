package io.kline.tools.rebuild;

import io.kline.config.KafkaOptions;
import io.kline.model.CandleKey;
import io.kline.model.KlineEvent;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The late trades on the topic of klines, from where the history job has committed its offsets. It
 * commits them a moment before the corrector is done, so reading begins some minutes earlier.
 */
final class TopicCorrections implements Corrections {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Long beside a restart of the history job, in which the corrector goes on. */
    private static final Duration EARLIER = Duration.ofMinutes(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<CandleKey, List<Trade>> late = new HashMap<>();

    private TopicCorrections(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
    }

    /**
     * Connects to Kafka.
     *
     * @param now ms
     * @throws KafkaException if the topic cannot be reached
     */
    static TopicCorrections open(KafkaOptions options, long now) {
        Properties properties = options.clientProperties();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, options.historyGroupId());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(options.klinesTopic).stream()
                            .map(one -> new TopicPartition(one.topic(), one.partition()))
                            .toList();
            TopicCorrections corrections = new TopicCorrections(consumer, partitions);
            corrections.begin(now - EARLIER.toMillis());
            return corrections;
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
    }

    /** Without committed offsets the history job would begin at the first record, too. */
    private void begin(long time) {
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

    @Override
    public void readOn() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(POLL).forEach(this::take);
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (KlineJson.readEvent(record.value()) instanceof KlineEvent.Late event) {
                late.computeIfAbsent(event.late().candle(), any -> new ArrayList<>(1))
                        .add(event.late().trade());
            }
        } catch (IllegalArgumentException foreign) {
            // The history job sets it aside, too.
        }
    }

    @Override
    public List<Trade> of(CandleKey candle) {
        return late.getOrDefault(candle, List.of());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
