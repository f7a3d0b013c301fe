package io.kline.kafka;

import io.kline.model.Inbound;
import java.util.Properties;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The source of trades. */
public final class TradesTopic {

    private TradesTopic() {}

    /**
     * @param topic where trades are
     * @param group whose committed offsets reading starts from
     * @param kafka connection properties
     * @param deserializer decides what is a trade
     */
    public static KafkaSource<Inbound> source(
            String topic, String group, Properties kafka, TradeDeserializer deserializer) {
        return KafkaSource.<Inbound>builder()
                .setProperties(kafka)
                // Trades of an aborted transaction never happened.
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setGroupId(group)
                .setTopics(topic)
                .setStartingOffsets(new CommittedOffsets())
                .setDeserializer(deserializer)
                .build();
    }
}
