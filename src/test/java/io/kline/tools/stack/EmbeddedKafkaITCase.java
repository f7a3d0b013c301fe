package io.kline.tools.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class EmbeddedKafkaITCase {

    private static final List<NewTopic> TOPIC = List.of(new NewTopic("t", 1, (short) 1));

    @Test
    void keepsDataOverStopAndStartOnTheSamePort() {
        try (EmbeddedKafka kafka = EmbeddedKafka.temporary()) {
            kafka.start();
            Topics.create(kafka.address(), TOPIC);
            Topics.create(kafka.address(), TOPIC);
            sendInTransaction(kafka.address(), "t", "value");

            kafka.stop();
            assertThat(Ports.isFree(port(kafka.address()))).isTrue();

            kafka.start();
            assertThat(read(kafka.address(), "t")).isEqualTo("value");
        }
    }

    @Test
    void theSharedBrokerCommitsTransactionsOfADay() {
        String topic = Servers.newTopic("transactions", 1);

        sendInTransaction(Servers.kafka().address(), topic, "value");

        assertThat(read(Servers.kafka().address(), topic)).isEqualTo("value");
    }

    @Test
    void aProcessOfItsOwnKeepsDataOverAKill() throws Exception {
        try (KafkaProcess kafka = KafkaProcess.temporary()) {
            kafka.start();
            Topics.create(kafka.address(), TOPIC);
            send(kafka.address(), "t", "value");

            kafka.kill();
            assertThat(kafka.isRunning()).isFalse();

            kafka.start();
            assertThat(read(kafka.address(), "t")).isEqualTo("value");

            ProcessHandle process = kafka.process().orElseThrow();
            kafka.stop();
            assertThat(process.isAlive()).isFalse();
        }
    }

    @Test
    void aCreatedTopicTakesWhatIsSentAtOnce() {
        int partitions = 300;
        String topic = Servers.newTopic("wide", partitions);

        Map<String, Object> config = Map.of("bootstrap.servers", Servers.kafka().address());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < partitions; i++) {
                producer.send(new ProducerRecord<>(topic, i, null, "value"));
            }
            producer.flush();

            assertThat(total(producer, "record-send-total")).isEqualTo(partitions);
            assertThat(total(producer, "record-retry-total")).isZero();
        }
    }

    private static double total(KafkaProducer<?, ?> producer, String name) {
        return producer.metrics().values().stream()
                .filter(metric -> metric.metricName().name().equals(name))
                .filter(metric -> metric.metricName().group().equals("producer-metrics"))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }

    private static void send(String address, String topic, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", address);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }

    private static void sendInTransaction(String address, String topic, String value) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        address,
                        "transactional.id",
                        "sender-" + topic,
                        "transaction.timeout.ms",
                        (int) Duration.ofDays(1).toMillis());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, value));
            producer.commitTransaction();
        }
    }

    private static String read(String address, String topic) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            List<String> values = new ArrayList<>();
            Await.until(
                    "record of " + topic,
                    Duration.ofSeconds(30),
                    () -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(r -> values.add(r.value()));
                        return !values.isEmpty();
                    });
            return values.get(0);
        }
    }
}
