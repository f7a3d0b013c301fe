package io.kline.tools.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic, for records of any kind. */
final class RawTopic implements AutoCloseable {

    private static final String LARGEST = Integer.toString(8 << 20);

    private final String name;
    private final Map<String, Object> server;
    private final KafkaProducer<String, byte[]> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    RawTopic(String bootstrap, String name) {
        this.name = name;
        this.server = Map.of("bootstrap.servers", bootstrap);
        Map<String, Object> settings = new HashMap<>(server);
        settings.put("max.request.size", LARGEST);
        settings.put("linger.ms", 5);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
    }

    /** Lets records be as large as 8 MB. */
    void allowLarge() throws ExecutionException, InterruptedException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
        ConfigEntry size = new ConfigEntry("max.message.bytes", LARGEST);
        try (Admin admin = Admin.create(server)) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    topic,
                                    List.of(new AlterConfigOp(size, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
        }
    }

    void send(String key, byte[] value) {
        sent.add(producer.send(new ProducerRecord<>(name, key, value)));
    }

    /** Returns when Kafka has all that was sent, and how many records that are. */
    long flush() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        return sent.size();
    }

    /** How many records were ever appended to it. */
    long records() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(server)) {
            Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
            for (TopicPartitionInfo partition :
                    admin.describeTopics(List.of(name))
                            .allTopicNames()
                            .get()
                            .get(name)
                            .partitions()) {
                latest.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest());
            }
            return admin.listOffsets(latest).all().get().values().stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
