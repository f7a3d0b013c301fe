package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.model.DeadLetter;
import io.kline.model.RawRecord;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;

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
     * @param topic where dead letters go
     * @param source the topic that they come from
     * @param kafka connection properties
     */
    public static KafkaSink<DeadLetter> sink(String topic, String source, Properties kafka) {
        return KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(LosslessProducer.properties(kafka))
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST)
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Serializer(topic, source))
                .build();
    }

    private record Serializer(String topic, String source)
            implements KafkaRecordSerializationSchema<DeadLetter> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                DeadLetter dead, KafkaSinkContext context, Long timestamp) {
            RawRecord raw = dead.raw();
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, raw.key(), raw.value());
            header(record, "reason", dead.reason().code());
            header(record, "detail", dead.detail());
            header(record, "source.topic", source);
            header(record, "source.partition", Integer.toString(raw.partition()));
            header(record, "source.offset", Long.toString(raw.offset()));
            return record;
        }

        private static void header(
                ProducerRecord<byte[], byte[]> record, String name, String value) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
    }
}
