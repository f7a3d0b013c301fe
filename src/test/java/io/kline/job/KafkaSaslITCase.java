package io.kline.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.KlineOptions;
import io.kline.config.OptionsReader;
import io.kline.testing.Await;
import io.kline.testing.Database;
import io.kline.testing.Documented;
import io.kline.testing.PrivateCa;
import io.kline.testing.RecordedTrades;
import io.kline.testing.SaslKafka;
import io.kline.testing.Servers;
import io.kline.testing.Trades;
import io.kline.tools.check.CheckMain;
import io.kline.tools.local.LocalCluster;
import io.kline.tools.replay.ReplayMain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import redis.clients.jedis.Jedis;

/**
 * Both jobs and the tools log in to a broker with TLS of a private authority, as documented: one
 * with SCRAM and a password from the environment, the other with PLAIN and one from a file. They
 * have no more rights than documented.
 */
class KafkaSaslITCase {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String SYMBOL = "SASL";
    private static final long MINUTE = 60_000;
    private static final long START = 1_741_046_400_000L;

    /** What a line of JAAS, a properties file and a shell would each stumble over. */
    private static final String PASSWORD = "a\"b\\c$d;e=${f} 币";

    private static final String PLAIN_PASSWORD = "of-the-file";

    @TempDir Path folder;
    private PrivateCa ca;

    @BeforeEach
    void certificates() throws Exception {
        ca = PrivateCa.in(folder);
    }

    @Test
    void bothJobsAndTheToolsLogIn() throws Exception {
        try (SaslKafka kafka =
                        SaslKafka.start(
                                ca, Map.of("history", PLAIN_PASSWORD, "feed", PLAIN_PASSWORD), 0);
                LocalCluster cluster = LocalCluster.start(0);
                Jedis redis = new Jedis("127.0.0.1", Servers.redis().port())) {
            kafka.scram("live", PASSWORD);
            kafka.allow("live", "live");
            kafka.allow("history", "history");
            kafka.allowWrite("feed", "trades");
            Database database = Servers.newDatabase();
            KlineOptions live = options(kafka, database, "live", PASSWORD, scram());
            KlineOptions history = options(kafka, database, null, null, plain("history"));
            cluster.submit(
                    LiveJob.NAME, 1, folder.resolve("live"), env -> LiveJob.define(env, live));
            cluster.submit(
                    HistoryJob.NAME,
                    1,
                    folder.resolve("history"),
                    env -> HistoryJob.define(env, history));

            replay(kafka, plain("feed"), trade(1, START), "nonsense", trade(2, START + MINUTE));
            Await.until(PATIENCE, () -> assertThat(dead(kafka)).containsExactly("nonsense"));
            replay(kafka, plain("feed"), trade(3, START + 5 * MINUTE));
            Await.until(PATIENCE, () -> assertThat(minutes(database)).isGreaterThanOrEqualTo(4));
            // Late: the corrector writes to the topic by itself.
            replay(kafka, plain("feed"), trade(4, START + 1));
            Await.until(
                    PATIENCE,
                    () ->
                            assertThat(records(kafka, "klines"))
                                    .anyMatch(record -> record.headers().toArray().length > 0));
            assertThat(redis.get("kline:{" + SYMBOL + "}:1m")).contains("\"n\":1");
            Await.until(
                    PATIENCE, () -> assertThat(check(kafka, database, PASSWORD)).startsWith("0: "));
        }
    }

    @Test
    void whoCannotLogInLearnsWhyAndNoPasswordIsShown() throws Exception {
        try (SaslKafka kafka = SaslKafka.start(ca, Map.of(), 0)) {
            kafka.scram("live", PASSWORD);
            kafka.allow("live", "live");
            Database database = Servers.newDatabase();

            assertThat(check(kafka, database, "wrong-password"))
                    .startsWith("3: ")
                    .contains("Kafka", "invalid credentials", "SCRAM-SHA-512")
                    .doesNotContain("wrong-password");

            ca = PrivateCa.in(Files.createDirectory(folder.resolve("other")));
            assertThat(check(kafka, database, PASSWORD))
                    .startsWith("3: ")
                    .contains("Kafka", "SSL handshake failed")
                    .doesNotContain(PASSWORD);
        }
    }

    private static KlineOptions options(
            SaslKafka kafka, Database database, String user, String password, Path clientConfig) {
        List<String> args =
                new ArrayList<>(
                        List.of(
                                "--kafka.bootstrap.servers=" + kafka.address(),
                                "--kafka.client-config=" + clientConfig,
                                "--kline.ticks=off",
                                "--kline.intervals=1m",
                                "--kline.allowed-lateness=0s",
                                "--kline.idle-timeout=1s",
                                "--redis.nodes=" + Servers.redis().address(),
                                "--mysql.url=" + database.url(),
                                "--mysql.user=" + database.user()));
        if (user != null) {
            args.add("--kafka.user=" + user);
        }
        return new OptionsReader(environment(database, password))
                .read("test", args.toArray(String[]::new))
                .orElseThrow();
    }

    private static Map<String, String> environment(Database database, String password) {
        return password == null
                ? Map.of("KLINE_MYSQL_PASSWORD", database.password())
                : Map.of(
                        "KLINE_MYSQL_PASSWORD",
                        database.password(),
                        "KLINE_KAFKA_PASSWORD",
                        password);
    }

    /** The documented file for SCRAM. */
    private Path scram() throws Exception {
        return config("scram", "security.protocol=SASL_SSL", "sasl.mechanism=SCRAM", "ssl.trust");
    }

    /** The documented file with a password in another file. */
    private Path plain(String user) throws Exception {
        Path secret = folder.resolve("kafka-secret.properties");
        Files.writeString(secret, "password=" + PLAIN_PASSWORD + "\n");
        Path config =
                config(
                        "plain-" + user,
                        "security.protocol=SASL_SSL",
                        "sasl.mechanism=PLAIN",
                        "ssl.trust",
                        "config.providers",
                        "sasl.jaas.config=");
        String text =
                Files.readString(config)
                        .replace("username=\"kline\"", "username=\"" + user + "\"")
                        .replace("/etc/kline/kafka-secret.properties", secret.toString());
        return Files.writeString(config, text);
    }

    private Path config(String name, String... beginnings) throws Exception {
        List<String> lines = new ArrayList<>();
        for (String beginning : beginnings) {
            lines.addAll(Documented.lines(beginning));
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(4);
        return Files.write(
                folder.resolve(name),
                lines.stream()
                        .map(line -> line.replace("/etc/kline/ca.pem", ca.ca().toString()))
                        .toList());
    }

    private static String trade(long id, long time) {
        return RecordedTrades.event(Trades.trade(SYMBOL, id, time, "1.5"));
    }

    /** Sends lines by {@code scripts/replay.sh}. */
    private void replay(SaslKafka kafka, Path clientConfig, String... lines) throws Exception {
        Path file = Files.write(folder.resolve("trades.json"), List.of(lines));
        int code =
                new CommandLine(new ReplayMain())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute(
                                "--file=" + file,
                                "--format=json",
                                "--rate=max",
                                "--bootstrap=" + kafka.address(),
                                "--client-config=" + clientConfig);
        boolean allTrades = Stream.of(lines).allMatch(line -> line.startsWith("{"));
        assertThat(code).isEqualTo(allTrades ? 0 : 1);
    }

    /** Exit code and output of {@code scripts/check.sh --topic} as the user of the live job. */
    private String check(SaslKafka kafka, Database database, String password) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, UTF_8);
        int code =
                new CheckMain(environment(database, password), out, out)
                        .run(
                                "--topic",
                                "--symbols=" + SYMBOL,
                                "--settle=1s",
                                "--kline.intervals=1m",
                                "--kafka.bootstrap.servers=" + kafka.address(),
                                "--kafka.client-config=" + scram(),
                                "--kafka.user=live",
                                "--redis.nodes=" + Servers.redis().address(),
                                "--mysql.url=" + database.url(),
                                "--mysql.user=" + database.user());
        return code + ": " + bytes.toString(UTF_8);
    }

    private static long minutes(Database database) throws Exception {
        try (Connection connection = database.connect();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery("SELECT COUNT(*) FROM kline")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<String> dead(SaslKafka kafka) {
        return records(kafka, "trades.dead").stream().map(ConsumerRecord::value).toList();
    }

    private static List<ConsumerRecord<String, String>> records(SaslKafka kafka, String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(
                        kafka.unrestricted(), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}
