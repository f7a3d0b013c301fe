package io.kline.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LosslessProducerTest {

    @Test
    void theClientConfigurationCannotLowerWhatIsAcknowledged() {
        Properties kafka = new Properties();
        kafka.putAll(
                Map.of(
                        "bootstrap.servers", "kafka:9092",
                        "linger.ms", "5",
                        "acks", "1",
                        "enable.idempotence", "false"));
        assertThat(LosslessProducer.properties(kafka))
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("linger.ms", "5")
                .containsEntry("acks", "all")
                .containsEntry("enable.idempotence", "true");
    }
}
