package io.kline.tools.bench.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic once, with as many threads as a job has subtasks; a partition has one thread. */
final class Partitions {

    private static final Duration POLL = Duration.ofMillis(100);

    private Partitions() {}

    /** What a thread does with its records. */
    interface Reader extends AutoCloseable {

        void take(ConsumerRecord<byte[], byte[]> record) throws Exception;

        /** The records of a poll are taken, or none came for 100 ms. */
        void polled() throws Exception;

        /** All records are taken. */
        void end() throws Exception;

        @Override
        void close();
    }

    /**
     * Returns when each thread has ended.
     *
     * @param opener makes the reader of a thread
     */
    static void read(PeerInput input, Callable<Reader> opener) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(PeerInput.PARALLELISM);
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < PeerInput.PARALLELISM; i++) {
                int share = i;
                running.add(threads.submit(() -> read(input, share, opener)));
            }
            for (Future<Void> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void read(PeerInput input, int share, Callable<Reader> opener) throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(input);
                Reader reader = opener.call()) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(input.topic()).stream()
                            .map(one -> new TopicPartition(input.topic(), one.partition()))
                            .filter(one -> one.partition() % PeerInput.PARALLELISM == share)
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    reader.take(record);
                }
                reader.polled();
            }
            reader.end();
        }
        return null;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(PeerInput input) {
        Properties settings = input.consumer();
        settings.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
