package io.kline.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.testing.Servers;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicProgressITCase {

    private final String group = "test-" + UUID.randomUUID();
    private String topic;
    private Admin admin;
    private KafkaProducer<byte[], byte[]> producer;

    @BeforeEach
    void open() {
        topic = Servers.newTopic("progress", 3);
        admin = Admin.create(kafka());
        producer =
                new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
        admin.close();
    }

    @Test
    void aTopicWithoutRecordsHasBeenRead() throws Exception {
        assertThat(progress(Duration.ZERO).await()).isTrue();
    }

    @Test
    void everyPartitionHasToBeCommittedUpToItsEnd() throws Exception {
        send(0, 2);
        send(2, 1);
        assertThat(progress(Duration.ZERO).await()).as("nothing").isFalse();

        commit(0, 2);
        assertThat(progress(Duration.ZERO).await()).as("one of two").isFalse();

        commit(2, 1);
        assertThat(progress(Duration.ZERO).await()).isTrue();

        send(0, 1);
        assertThat(progress(Duration.ZERO).await()).as("a new record").isFalse();
    }

    @Test
    void waitsForWhatWasThereWhenItBegan() throws Exception {
        send(1, 5);
        CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return progress(Duration.ofSeconds(60)).await();
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(waiting).isNotDone();

        commit(1, 5);

        assertThat(waiting.get(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void recordsThatHaveExpiredNeedNotBeRead() throws Exception {
        send(1, 5);
        admin.deleteRecords(Map.of(new TopicPartition(topic, 1), RecordsToDelete.beforeOffset(5)))
                .all()
                .get();

        assertThat(progress(Duration.ZERO).await()).isTrue();
    }

    @Test
    void kafkaThatDoesNotKnowIsAnError() {
        TopicProgress progress = new TopicProgress(topic + "-x", group, kafka(), Duration.ZERO);

        assertThatThrownBy(progress::await)
                .isInstanceOf(IOException.class)
                .hasMessage("Kafka does not say how far " + group + " has come");
    }

    private TopicProgress progress(Duration patience) {
        return new TopicProgress(topic, group, kafka(), patience);
    }

    private void send(int partition, int records) {
        for (int i = 0; i < records; i++) {
            producer.send(new ProducerRecord<>(topic, partition, null, new byte[] {1}));
        }
        producer.flush();
    }

    private void commit(int partition, long offset) throws Exception {
        admin.alterConsumerGroupOffsets(
                        group,
                        Map.of(new TopicPartition(topic, partition), new OffsetAndMetadata(offset)))
                .all()
                .get();
    }

    private static Properties kafka() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", Servers.kafka().address());
        return properties;
    }
}
