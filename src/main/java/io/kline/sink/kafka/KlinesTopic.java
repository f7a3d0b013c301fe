package io.kline.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.store.KlineEvent;
import io.kline.store.KlineJson;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.CompressionType;

/**
 * The sink of closed candles, corrections and late trades. Transactional: a consumer that reads
 * committed records never sees the version of a candle go back, not even after the job was restored
 * and emits again what it had emitted.
 */
public final class KlinesTopic {

    /**
     * How long Kafka keeps a transaction open while the job is down, ms; at most the broker's
     * {@code transaction.max.timeout.ms}, which is 15 minutes unless raised. A job that is restored
     * later than that finds its last checkpoint's transaction gone.
     */
    private static final String TRANSACTION_TIMEOUT = Long.toString(15 * 60 * 1000);

    private static final byte[] NOTHING = {};

    private KlinesTopic() {}

    /**
     * @param kafka connection properties
     */
    public static KafkaSink<KlineEvent> sink(String topic, Properties kafka) {
        return KafkaSink.<KlineEvent>builder()
                .setKafkaProducerConfig(kafka)
                .setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, CompressionType.LZ4.name)
                .setProperty(ProducerConfig.LINGER_MS_CONFIG, "20")
                .setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("kline-" + topic)
                .setRecordSerializer(new Serializer(topic))
                .build();
    }

    /** The record of an event that is sent now. */
    static ProducerRecord<byte[], byte[]> record(String topic, KlineEvent event) {
        long now = System.currentTimeMillis();
        boolean isCandle = event.candle() != null;
        String symbol = isCandle ? event.candle().symbol() : event.late().trade().symbol();
        String json =
                isCandle
                        ? KlineJson.writeEvent(event.candle(), now)
                        : KlineJson.writeEvent(event.late(), now);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(topic, symbol.getBytes(UTF_8), json.getBytes(UTF_8));
        if (event.stored()) {
            record.headers().add(KlineEvent.STORED_HEADER, NOTHING);
        }
        return record;
    }

    private record Serializer(String topic) implements KafkaRecordSerializationSchema<KlineEvent> {

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                KlineEvent event, KafkaSinkContext context, Long timestamp) {
            return record(topic, event);
        }
    }
}
