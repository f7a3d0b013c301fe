package io.kline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kline.store.mysql.MysqlLogin;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Settings, and what is said about wrong ones, never repeat a secret. */
class SecretsTest {

    private static final String SECRET = "hunter2";

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--redis.password hunter2",
                "--redis.password=hunter2",
                "--mysql.password=hunter2",
                "--kafka.password hunter2",
                "--redis.pasword hunter2",
                "--redis.pasword=hunter2",
                "-p hunter2",
                "hunter2",
                "--mysql.url jdbc:mysql://h/d?password=hunter2",
                "--mysql.url jdbc:mysql://h/d?password1=hunter2",
                "--mysql.url jdbc:mysql://h/d?clientCertificateKeyStorePassword=hunter2",
                "--mysql.url jdbc:mysql://me:hunter2@h/d",
                "--mysql.url jdbc:mysql://address=(host=h)(password=hunter2)/d",
                "--mysql.url jdbc:mysql:\\hunter2@h",
                "--redis.nodes :hunter2@h:6379",
                "--redis.nodes redis://me:hunter2@h:6379",
                "--kafka.bootstrap.servers me:hunter2@h:9092",
            })
    void anErrorAboutTheCommandLineRepeatsNone(String arguments) {
        assertThat(catchThrowable(() -> read(Map.of(), arguments.split(" "))))
                .isInstanceOf(ConfigException.class)
                .hasNoCause()
                .hasMessageNotContaining(SECRET);
    }

    /** All other settings are wrong, one after the other, and the secrets are set. */
    @Test
    void anErrorAboutAnotherSettingRepeatsNone() {
        Map<String, String> secrets =
                Map.of(
                        "KLINE_KAFKA_PASSWORD", SECRET,
                        "KLINE_REDIS_PASSWORD", SECRET,
                        "KLINE_MYSQL_PASSWORD", SECRET);
        int refused = 0;
        for (OptionSpec option : new CommandLine(new KlineOptions()).getCommandSpec().options()) {
            String argument = option.longestName() + "= ";
            Throwable problem = catchThrowable(() -> read(secrets, argument));
            if (problem != null) {
                refused++;
                assertThat(problem).hasMessageNotContaining(SECRET);
            }
        }
        assertThat(refused).isGreaterThan(15);
    }

    @Test
    void aFileThatCannotBeReadIsNamedAndNotQuoted() throws Exception {
        Path file = Files.writeString(folder.resolve("f"), "redis.password=hunter2\\u12\n");
        assertThat(catchThrowable(() -> read(Map.of(), "--config", file.toString())))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("config: " + file)
                .hasMessageNotContaining(SECRET);
        KafkaOptions kafka = new KafkaOptions();
        kafka.clientConfig = file;
        assertThat(catchThrowable(kafka::clientProperties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.client-config: " + file)
                .hasMessageNotContaining(SECRET);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "security.protocol=SASL_SSL",
                "security.protocol=SASL_SSL|sasl.mechanism=GSSAPI",
                "security.protocol=SSL|sasl.mechanism=PLAIN",
                "security.protocol=SASL_PLAINTEXT|sasl.mechanism=PLAIN",
                "security.protocol=SASL_SSL|sasl.mechanism=PLAIN|sasl.jaas.config=x",
            })
    void aKafkaUserThatCannotLogInIsRefused(String lines) throws Exception {
        KafkaOptions kafka = kafka(lines, SECRET);
        assertThat(catchThrowable(kafka::clientProperties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.user")
                .hasMessageContaining("kafka.client-config")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aKafkaUserNeedsAPasswordOfOneLine() throws Exception {
        String lines = "security.protocol=SASL_SSL|sasl.mechanism=PLAIN";
        assertThat(catchThrowable(kafka(lines, null)::clientProperties))
                .hasMessageContaining("kafka.password must be set");
        assertThat(catchThrowable(kafka(lines, SECRET + "\nx")::clientProperties))
                .hasMessageContaining("one line")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void aPasswordOfKafkaNeedsAUser() {
        assertThat(catchThrowable(() -> read(Map.of("KLINE_KAFKA_PASSWORD", SECRET))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kafka.user")
                .hasMessageNotContaining(SECRET);
    }

    @Test
    void theFileOfKafkaMayHaveMoreAndTheAddressIsThatOfTheSettings() throws Exception {
        KafkaOptions kafka =
                kafka(
                        "security.protocol=SASL_SSL|sasl.mechanism=SCRAM-SHA-256"
                                + "|bootstrap.servers=x:1|linger.ms=5",
                        "a\"b\\c");
        Properties properties = kafka.clientProperties();
        assertThat(properties)
                .containsEntry("bootstrap.servers", "h:9092")
                .containsEntry("linger.ms", "5")
                .containsEntry(
                        "sasl.jaas.config",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required"
                                + " username=\"me\" password=\"a\\\"b\\\\c\";");
    }

    @Test
    void textsOfSettingsHaveNone() {
        assertThat(
                        List.of(
                                new KafkaLogin("u", SECRET),
                                new MysqlLogin("jdbc:mysql://h/d", "u", SECRET),
                                new RedisSettings(
                                        RedisSettings.Mode.SINGLE,
                                        List.of("h:1"),
                                        null,
                                        "u",
                                        SECRET,
                                        false,
                                        1)))
                .extracting(Object::toString)
                .noneMatch(text -> text.contains(SECRET));
    }

    /** The text that Java gives a record has all of its parts. */
    @Test
    void recordsWithPasswordsSayWhatTheyShow() throws Exception {
        List<String> records = new ArrayList<>();
        for (JavaClass each :
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("io.kline")) {
            if (each.isRecord() && hasPassword(each.reflect())) {
                records.add(each.getSimpleName());
                String file = each.getName().replaceAll("\\$.*", "").replace('.', '/');
                assertThat(Files.readString(Path.of("src/main/java", file + ".java")))
                        .as(each.getName() + " has a toString of its own")
                        .contains("public String toString()");
            }
        }
        assertThat(records).contains("KafkaLogin", "MysqlLogin", "RedisLogin");
    }

    private static boolean hasPassword(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .anyMatch(name -> name.toLowerCase().contains("password"));
    }

    private KafkaOptions kafka(String lines, String password) throws Exception {
        KafkaOptions kafka = new KafkaOptions();
        kafka.bootstrapServers = "h:9092";
        kafka.clientConfig =
                Files.write(folder.resolve("client"), Stream.of(lines.split("\\|")).toList());
        kafka.user = "me";
        kafka.password = password;
        return kafka;
    }

    private static void read(Map<String, String> environment, String... arguments) {
        new OptionsReader(environment).read("test", arguments);
    }
}
