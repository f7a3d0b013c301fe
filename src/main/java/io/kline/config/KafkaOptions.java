package io.kline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import picocli.CommandLine.Help;
import picocli.CommandLine.Option;

/** Where trades come from and events go. */
public final class KafkaOptions {

    @Option(
            names = "--kafka.bootstrap.servers",
            paramLabel = "host:port,…",
            defaultValue = "localhost:${sys:kline.kafka.port:-19092}",
            description = "Kafka brokers")
    public String bootstrapServers;

    @Option(
            names = "--kafka.group.id",
            paramLabel = "id",
            defaultValue = "kline",
            description = "consumer group of the live job; the history job appends -history")
    public String groupId;

    @Option(
            names = "--kafka.topic.trades",
            paramLabel = "topic",
            defaultValue = "trades",
            description = "trades, read")
    public String tradesTopic;

    @Option(
            names = "--kafka.topic.klines",
            paramLabel = "topic",
            defaultValue = "klines",
            description = "closed and corrected candles and late trades, written and read")
    public String klinesTopic;

    @Option(
            names = "--kafka.topic.dead",
            paramLabel = "topic",
            defaultValue = "trades.dead",
            description = "records that are not valid trades, written; the three topics differ")
    public String deadTopic;

    @Option(
            names = "--kafka.client-config",
            paramLabel = "file",
            description = "properties for every Kafka client, such as TLS and SASL settings")
    public Path clientConfig;

    @Option(
            names = "--kafka.user",
            paramLabel = "name",
            description =
                    "SASL user, for PLAIN and SCRAM; needs a password, and kafka.client-config")
    public String user;

    @Option(
            names = "--kafka.password",
            paramLabel = "secret",
            showDefaultValue = Help.Visibility.NEVER,
            description = "from the file or the environment variable KLINE_KAFKA_PASSWORD")
    public String password;

    /** Consumer group of the history job. */
    public String historyGroupId() {
        return groupId + "-history";
    }

    /**
     * The properties of every Kafka client.
     *
     * @throws ConfigException if the file of {@code kafka.client-config} cannot be read, or the
     *     user cannot log in with it
     */
    public Properties clientProperties() {
        Properties properties =
                clientConfig == null
                        ? new Properties()
                        : PropertiesFile.read("kafka.client-config", clientConfig);
        if (user != null) {
            new KafkaLogin(user, password).addTo(properties);
        }
        properties.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return properties;
    }

    /**
     * @throws ConfigException naming the first key at fault
     */
    void check() {
        ConfigException.requireText("kafka.bootstrap.servers", bootstrapServers);
        ConfigException.require(
                !bootstrapServers.contains("@"),
                "kafka.bootstrap.servers must not hold a user; use kafka.user and kafka.password");
        ConfigException.requireText("kafka.group.id", groupId);
        ConfigException.require(
                user != null || password == null,
                "kafka.password is set, and kafka.user is not: nobody would be logged in");
        topic("kafka.topic.trades", tradesTopic);
        topic("kafka.topic.klines", klinesTopic);
        topic("kafka.topic.dead", deadTopic);
        ConfigException.require(
                Set.copyOf(List.of(tradesTopic, klinesTopic, deadTopic)).size() == 3,
                "kafka.topic.*: the three topics must differ");
    }

    private static void topic(String key, String name) {
        ConfigException.require(
                name.matches("[a-zA-Z0-9._-]{1,249}"),
                key
                        + " must be 1 to 249 letters, digits, dots, dashes or underscores, not '"
                        + name
                        + "'");
    }
}
