package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.model.DeadLetter;
import io.kline.model.RawRecord;
import java.util.Arrays;
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
 *
 * <p>A larger record than a request holds is cut, else the job would fail at it for ever. Its
 * header {@code cut} is the full length of key and value.
 */
public final class DeadLetterTopic {

    /** Room for the largest record a broker takes by default, and the headers, bytes. */
    static final int MAX_REQUEST = 4 << 20;

    /** Above all headers, and what compression may add to what it cannot make smaller, bytes. */
    private static final int HEADERS = 64 << 10;

    private static final int MAX_KEY = 1 << 20;

    private DeadLetterTopic() {}

    /**
     * @param topic where dead letters go
     * @param source the topic that they come from
     * @param kafka connection properties
     */
    public static KafkaSink<DeadLetter> sink(String topic, String source, Properties kafka) {
        return KafkaSink.<DeadLetter>builder()
                .setKafkaProducerConfig(LosslessProducer.properties(kafka))
                .setProperty(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(MAX_REQUEST))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Serializer(topic, source))
                .build();
    }

    record Serializer(String topic, String source)
            implements KafkaRecordSerializationSchema<DeadLetter> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                DeadLetter dead, KafkaSinkContext context, Long timestamp) {
            RawRecord raw = dead.raw();
            byte[] key = beginning(raw.key(), MAX_KEY);
            byte[] value = beginning(raw.value(), MAX_REQUEST - HEADERS - length(key));
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
            header(record, "reason", dead.reason().code());
            header(record, "detail", dead.detail());
            header(record, "source.topic", source);
            header(record, "source.partition", Integer.toString(raw.partition()));
            header(record, "source.offset", Long.toString(raw.offset()));
            if (key != raw.key() || value != raw.value()) {
                header(record, "cut", length(raw.key()) + " " + length(raw.value()));
            }
            return record;
        }

        private static byte[] beginning(byte[] bytes, int most) {
            return length(bytes) <= most ? bytes : Arrays.copyOf(bytes, most);
        }

        private static int length(byte[] bytes) {
            return bytes == null ? 0 : bytes.length;
        }

        private static void header(
                ProducerRecord<byte[], byte[]> record, String name, String value) {
            record.headers().add(name, value.getBytes(UTF_8));
        }
    }
}
