package io.kline.config;

import static io.kline.config.ConfigException.require;

import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.SaslConfigs;

/** A user of Kafka and a password, as the clients want them: a line of JAAS. */
record KafkaLogin(String user, String password) {

    private static final Map<String, String> MODULES =
            Map.of(
                    "PLAIN", "org.apache.kafka.common.security.plain.PlainLoginModule",
                    "SCRAM-SHA-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
                    "SCRAM-SHA-512", "org.apache.kafka.common.security.scram.ScramLoginModule");

    /**
     * @throws ConfigException naming the key at fault
     */
    KafkaLogin {
        require(password != null, "kafka.user without a password: kafka.password must be set");
        require(
                (user + password).chars().noneMatch(Character::isISOControl),
                "kafka.user and kafka.password must be one line each");
    }

    /**
     * Adds the line to the properties of a client, which say how it logs in.
     *
     * @throws ConfigException if they do not, or have a user of their own
     */
    void addTo(Properties properties) {
        String protocol = properties.getProperty(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, "");
        require(
                protocol.startsWith("SASL_"),
                "kafka.user is of no use unless the file of kafka.client-config has"
                        + " security.protocol=SASL_SSL");
        String mechanism = properties.getProperty(SaslConfigs.SASL_MECHANISM, "");
        require(
                MODULES.containsKey(mechanism),
                "kafka.user needs sasl.mechanism in the file of kafka.client-config, one of "
                        + String.join(", ", new TreeSet<>(MODULES.keySet())));
        require(
                !mechanism.equals("PLAIN") || protocol.equals("SASL_SSL"),
                "kafka.user with sasl.mechanism=PLAIN needs security.protocol=SASL_SSL in the file"
                        + " of kafka.client-config: the password would be sent in clear");
        require(
                !properties.containsKey(SaslConfigs.SASL_JAAS_CONFIG),
                "kafka.user and sasl.jaas.config in the file of kafka.client-config exclude each"
                        + " other");
        properties.setProperty(
                SaslConfigs.SASL_JAAS_CONFIG,
                "%s required username=%s password=%s;"
                        .formatted(MODULES.get(mechanism), quoted(user), quoted(password)));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** Everything but the password. */
    @Override
    public String toString() {
        return "KafkaLogin[user=" + user + "]";
    }
}
