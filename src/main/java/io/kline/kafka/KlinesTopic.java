package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.model.KlineEvent;
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
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Source and sink of closed candles, corrections and late trades. At least once: after a restore
 * what was emitted since the checkpoint is emitted again. A consumer keeps the highest version of
 * each candle, as both stores do.
 */
public final class KlinesTopic {

    /**
     * Marks a candle that comes from the table of all history, which must not be written there
     * again.
     */
    static final String CORRECTED_HEADER = "stored";

    private static final byte[] NOTHING = {};

    private KlinesTopic() {}

    /**
     * @param topic where events are
     * @param group whose committed offsets reading starts from
     * @param kafka connection properties
     */
    public static KafkaSource<KlineEvent> source(String topic, String group, Properties kafka) {
        return KafkaSource.<KlineEvent>builder()
                .setProperties(kafka)
                .setGroupId(group)
                .setTopics(topic)
                .setStartingOffsets(new CommittedOffsets())
                .setDeserializer(new KlineEventDeserializer())
                .build();
    }

    /**
     * @param topic where events go
     * @param kafka connection properties
     */
    public static KafkaSink<KlineEvent> sink(String topic, Properties kafka) {
        return KafkaSink.<KlineEvent>builder()
                .setKafkaProducerConfig(LosslessProducer.properties(kafka))
                // A repetition is harmless: whoever reads keeps the highest version of a candle.
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new Serializer(topic))
                .build();
    }

    /** The record of an event that is sent now. */
    static ProducerRecord<byte[], byte[]> record(String topic, KlineEvent event) {
        long now = System.currentTimeMillis();
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic, event.symbol().getBytes(UTF_8), json(event, now).getBytes(UTF_8));
        if (event instanceof KlineEvent.Corrected) {
            record.headers().add(CORRECTED_HEADER, NOTHING);
        }
        return record;
    }

    private static String json(KlineEvent event, long now) {
        if (event instanceof KlineEvent.Closed closed) {
            return KlineJson.writeEvent(closed.candle(), now);
        }
        if (event instanceof KlineEvent.Corrected corrected) {
            return KlineJson.writeEvent(corrected.candle(), now);
        }
        return KlineJson.writeEvent(((KlineEvent.Late) event).late(), now);
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
