package io.kline.tools.rebuild;

import io.kline.config.KafkaOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The trades of the topic, from its beginning to the end that it has when it is asked. */
final class TopicTrades implements TradeSource {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final LiveRules rules;

    private TopicTrades(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            LiveRules rules) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.rules = rules;
    }

    /**
     * Connects to Kafka.
     *
     * @param from the topic must have all trades since then, ms
     * @param maxFuture how far ahead of its record a trade may be, ms
     * @throws KafkaException if the topic cannot be reached
     * @throws IllegalArgumentException if it no longer has these trades
     */
    static TopicTrades open(KafkaOptions options, LiveRules rules, long from, long maxFuture) {
        Properties properties = options.clientProperties();
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // As the live job does: trades of an aborted transaction never happened.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(options.tradesTopic).stream()
                            .map(one -> new TopicPartition(one.topic(), one.partition()))
                            .toList();
            if (partitions.isEmpty()) {
                throw new KafkaException("there is no topic " + options.tradesTopic);
            }
            requireKept(consumer, partitions, from - maxFuture);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new TopicTrades(consumer, partitions, rules);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /** A partition whose first records are deleted must begin before the range does. */
    private static void requireKept(
            KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions, long since) {
        for (Map.Entry<TopicPartition, Long> begin :
                consumer.beginningOffsets(partitions).entrySet()) {
            if (begin.getValue() == 0) {
                continue;
            }
            consumer.assign(List.of(begin.getKey()));
            consumer.seekToBeginning(List.of(begin.getKey()));
            long first = firstTimestamp(consumer, begin.getKey());
            if (first > since) {
                throw new IllegalArgumentException(
                        "--from: "
                                + begin.getKey()
                                + " has records since "
                                + TimeText.of(first)
                                + " only, older ones are deleted; begin later, or use --file");
            }
        }
    }

    private static long firstTimestamp(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                return record.timestamp();
            }
        }
        return Long.MAX_VALUE;
    }

    @Override
    public void readOn(Taker taker) throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!isAt(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                rules.take(record, taker);
            }
        }
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public long records() {
        return rules.records();
    }

    @Override
    public long unusable() {
        return rules.unusable();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
