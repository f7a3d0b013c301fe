package io.kline.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.source.DeadLetter;
import io.kline.source.Inbound;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.CompressionType;

/**
 * The sink of records that are not valid trades: key and value as they were, headers {@code
 * reason}, {@code detail}, {@code source.topic}, {@code source.partition}, {@code source.offset}.
 * At least once: after a restore a record may be there again, with the same offset.
 */
public final class DeadLetterTopic {

    /** Room for the largest record a broker takes by default, and the headers, bytes. */
    private static final String MAX_REQUEST = Integer.toString(4 << 20);

    private DeadLetterTopic() {}

    /**
     * @param kafka connection properties
     */
    public static KafkaSink<Inbound> sink(String topic, Properties kafka) {
        return KafkaSink.<Inbound>builder()
                .setKafkaProducerConfig(kafka)
                // Not the client configuration's to lower: a dead letter is the only trace left.
                .setProperty(ProducerConfig.ACKS_CONFIG, "all")
                .setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true")
                .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, CompressionType.LZ4.name)
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Serializer(topic))
                .build();
    }

    private record Serializer(String topic) implements KafkaRecordSerializationSchema<Inbound> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                Inbound inbound, KafkaSinkContext context, Long timestamp) {
            DeadLetter dead = inbound.deadLetter();
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, dead.key(), dead.value());
            header(record, "reason", dead.reason());
            header(record, "detail", dead.detail());
            if (dead.hasSource()) {
                header(record, "source.topic", dead.topic());
                header(record, "source.partition", Integer.toString(dead.partition()));
                header(record, "source.offset", Long.toString(dead.offset()));
            }
            return record;
        }

        private static void header(
                ProducerRecord<byte[], byte[]> record, String name, String value) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
    }
}
