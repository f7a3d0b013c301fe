package io.kline.tools.check;

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

/**
 * The trades of the topic, from its beginning to the end it has when asked. A trade may be as far
 * ahead of its record's timestamp as the job lets it be ahead of the clock.
 */
final class TopicTrades implements TradeSource {

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final long maxFuture;

    private TopicTrades(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            long maxFuture) {
        this.consumer = consumer;
        this.partitions = partitions;
        this.maxFuture = maxFuture;
    }

    /**
     * Connects to Kafka.
     *
     * @throws KafkaException if the topic cannot be reached
     */
    static TopicTrades open(KafkaOptions options, long maxFuture) {
        Properties properties = options.clientProperties();
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // As the live job does: trades of an aborted transaction never happened.
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 10_000);
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
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return new TopicTrades(consumer, partitions, maxFuture);
        } catch (KafkaException e) {
            consumer.close();
            throw e;
        }
    }

    @Override
    public void readTo(TradeSpool spool) throws IOException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (!isAt(ends)) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                spool.add(record.value(), record.timestamp() + maxFuture);
            }
        }
    }

    private boolean isAt(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    @Override
    public void close() {
        consumer.close();
    }
}
