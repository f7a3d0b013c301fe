package io.kline.kafka;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.record.CompressionType;

/**
 * Properties of producers whose records must not be lost. A configuration of the client may set
 * addresses, security and batches; it cannot lower what has to be acknowledged.
 */
final class LosslessProducer {

    private static final String PATIENCE = Long.toString(Duration.ofMinutes(30).toMillis());

    private LosslessProducer() {}

    /**
     * @param kafka connection properties
     */
    static Properties properties(Properties kafka) {
        Properties properties = new Properties();
        properties.setProperty(ProducerConfig.COMPRESSION_TYPE_CONFIG, CompressionType.LZ4.name);
        properties.setProperty(ProducerConfig.LINGER_MS_CONFIG, "20");
        // Each batch allocates 130 KB to compress, however small it is.
        properties.setProperty(ProducerConfig.BATCH_SIZE_CONFIG, "131072");
        // To fail would restart the whole job, which then waits for the same records. It is left to
        // Flink to do that, after some checkpoints that took too long.
        properties.setProperty(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE);
        properties.putAll(kafka);
        properties.setProperty(ProducerConfig.ACKS_CONFIG, "all");
        properties.setProperty(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        return properties;
    }
}
