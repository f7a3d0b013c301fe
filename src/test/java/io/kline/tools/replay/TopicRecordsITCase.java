package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.config.KafkaOptions;
import io.kline.testing.Servers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicRecordsITCase {

    private final KafkaOptions options = new KafkaOptions();
    private KafkaProducer<byte[], byte[]> producer;
    private TopicPartition partition;

    @BeforeEach
    void open() {
        options.bootstrapServers = Servers.kafka().address();
        options.tradesTopic = Servers.newTopic("records", 1);
        partition = new TopicPartition(options.tradesTopic, 0);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", options.bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        producer.close();
    }

    @Test
    void readsOnFromWhereItWas() {
        send(3);
        try (TopicRecords records = TopicRecords.open(options)) {
            assertThat(offsets(records)).containsExactly(0L, 1L, 2L);
            assertThat(offsets(records)).isEmpty();
            send(2);
            assertThat(offsets(records)).containsExactly(3L, 4L);
        }
    }

    /** Going on at the first record that is left would leave out trades in silence. */
    @Test
    void recordsThatAreDeletedBeforeTheyAreReadAreNoEnd() throws Exception {
        send(3);
        try (TopicRecords records = TopicRecords.open(options)) {
            assertThat(offsets(records)).hasSize(3);
            // A request for the next ones is still under way, for half a second.
            TimeUnit.SECONDS.sleep(1);
            send(5);
            deleteBefore(6);
            assertThatThrownBy(() -> offsets(records))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("deleted before they were read")
                    .hasMessageContaining(options.tradesTopic);
        }
    }

    @Test
    void aTopicThatWasShortenedBeforeBeginsWithWhatIsLeft() throws Exception {
        send(5);
        deleteBefore(2);
        try (TopicRecords records = TopicRecords.open(options)) {
            assertThat(records.shortened()).containsOnlyKeys(partition);
            assertThat(offsets(records)).containsExactly(2L, 3L, 4L);
        }
    }

    private static List<Long> offsets(TopicRecords records) {
        List<Long> offsets = new ArrayList<>();
        records.readOn(record -> offsets.add(record.offset()));
        return offsets;
    }

    private void send(int count) {
        for (int i = 0; i < count; i++) {
            producer.send(new ProducerRecord<>(options.tradesTopic, new byte[] {1}));
        }
        producer.flush();
    }

    private void deleteBefore(long offset) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.<String, Object>of("bootstrap.servers", options.bootstrapServers))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }
}
