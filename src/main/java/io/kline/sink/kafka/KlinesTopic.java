package io.kline.sink.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.store.KlineEvent;
import io.kline.store.KlineJson;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;
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
     * later than that finds its last checkpoint's transaction gone. The Kafka client properties can
     * set more.
     */
    private static final String TRANSACTION_TIMEOUT = Long.toString(15 * 60 * 1000);

    private static final byte[] NOTHING = {};

    private KlinesTopic() {}

    /**
     * @param owner the consumer group of the job, so that two jobs do not end each other's
     *     transactions
     * @param kafka connection properties
     */
    public static KafkaSink<KlineEvent> sink(String topic, String owner, Properties kafka) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, CompressionType.LZ4.name);
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        properties.setProperty(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT);
        properties.putAll(kafka);
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        return KafkaSink.<KlineEvent>builder()
                .setKafkaProducerConfig(properties)
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix("kline-" + owner + "-" + topic)
                // A new id per checkpoint, as is the default, would fill the broker's memory: it
                // keeps each for a week.
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
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

    private record Serializer(String topic)
            implements KafkaRecordSerializationSchema<KlineEvent>, KafkaDatasetFacetProvider {

        @Override
        public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
            return Optional.of(
                    new DefaultKafkaDatasetFacet(
                            DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
        }

        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                KlineEvent event, KafkaSinkContext context, Long timestamp) {
            return record(topic, event);
        }
    }
}
