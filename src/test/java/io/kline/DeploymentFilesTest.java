package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.config.KlineOptions;
import io.kline.config.OptionRange;
import io.kline.config.OptionsReader;
import io.kline.config.ServerOptions;
import io.kline.model.Reason;
import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.client.cli.ClientOptions;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.HighAvailabilityOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.util.TimeUtils;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The files that deployments start from agree with the code and with each other. */
class DeploymentFilesTest {

    private static final Path SETTINGS = Path.of("flink-conf", "kline.properties");
    private static final Path COMPOSE = Path.of("docker-compose.yml");
    private static final Map<String, String> SECRETS =
            Map.of("KLINE_REDIS_PASSWORD", "secret", "KLINE_MYSQL_PASSWORD", "secret");

    /** Placeholders of secrets, with nothing to fall back to. */
    private static final String SECRET = "\\$\\{[A-Z_]+PASSWORD:\\?.+}";

    @Test
    void settingsAreAcceptedAndComplete() throws Exception {
        assertThat(new OptionsReader(SECRETS).read("test", "--config", SETTINGS.toString()))
                .isPresent();
        List<String> lines = Files.readAllLines(SETTINGS);
        for (OptionSpec option : keys()) {
            String key = option.longestName().substring("--".length());
            assertThat(lines)
                    .as(key + ", set or commented out")
                    .anyMatch(
                            line -> line.startsWith(key + "=") || line.startsWith("#" + key + "="));
        }
        assertThat(lines)
                .filteredOn(line -> line.matches("#?[a-z]+\\.[a-z.-]+=.*"))
                .as("one line of each key that exists")
                .hasSize((int) keys().stream().map(OptionSpec::longestName).distinct().count());
        assertThat(lines).noneMatch(line -> line.matches("[a-z.]*password=.*"));
    }

    @Test
    void settingsThatNameNoAddressAreTheDefaults() throws Exception {
        Properties settings = new Properties();
        try (Reader reader = Files.newBufferedReader(SETTINGS)) {
            settings.load(reader);
        }
        Set<String> ofTheDeployment =
                Set.of("kafka.bootstrap.servers", "redis.nodes", "redis.user", "mysql.url");
        for (OptionSpec option : keys()) {
            String key = option.longestName().substring("--".length());
            if (!ofTheDeployment.contains(key)) {
                assertThat(settings.getProperty(key)).as(key).isEqualTo(option.defaultValue());
            }
        }
    }

    @Test
    void rightsInMysqlAreTheDocumentedOnes() throws Exception {
        List<String> granted = grants(Path.of("sql/users.sh"));
        assertThat(granted)
                .hasSizeGreaterThan(4)
                .containsExactlyInAnyOrderElementsOf(grants(Path.of("docs/operations.md")));
    }

    private static List<String> grants(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> line.startsWith("GRANT "))
                .toList();
    }

    @Test
    void readmeListsEverySettingWithItsDefaultAndRange() throws Exception {
        List<String> rows =
                Files.readAllLines(Path.of("README.md")).stream()
                        .filter(
                                line ->
                                        line.matches(
                                                "\\| `[a-z]+\\.[a-z.-]+` \\| (`[^`]*` )?\\| .*"))
                        .toList();
        Set<String> expected = new TreeSet<>();
        for (OptionSpec option : keys()) {
            String key = option.longestName().substring("--".length());
            String standard = option.defaultValue();
            String start =
                    "| `%s` | %s| ".formatted(key, standard == null ? "" : "`" + standard + "` ");
            String range = OptionRange.of(option).map(OptionRange::toString).orElse("");
            expected.add(key);
            assertThat(rows)
                    .as("README.md needs the line " + start + "…" + range + "… |")
                    .anyMatch(row -> row.startsWith(start) && saysRange(row, range));
        }
        assertThat(rows)
                .as("README.md: rows of settings that exist, each once")
                .extracting(row -> row.split("`")[1])
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    @Test
    void settingsSayTheirRanges() throws Exception {
        List<String> lines = Files.readAllLines(SETTINGS);
        for (OptionSpec option : keys()) {
            String key = option.longestName().substring("--".length());
            String range = OptionRange.of(option).map(OptionRange::toString).orElse("");
            int line = lines.indexOf(key + "=" + option.defaultValue());
            if (!range.isEmpty()) {
                assertThat(line).as(key + " with its default").isPositive();
                assertThat(lines.get(line - 1)).as(key).matches(text -> saysRange(text, range));
            }
        }
    }

    private static boolean saysRange(String text, String range) {
        String any = "[0-9]+[a-z]* to [0-9]+[a-z]*";
        boolean one = text.matches(".*[;|:] " + any + "( ?[;|.].*)");
        return range.isEmpty() ? !one : one && text.matches(".*[;|:] " + range + " ?[;|.].*");
    }

    @Test
    void operationsExplainEveryReason() throws Exception {
        List<String> lines = Files.readAllLines(Path.of("docs", "operations.md"));
        for (Reason reason : Reason.values()) {
            assertThat(lines).anyMatch(line -> line.startsWith("- `" + reason.code() + "`: "));
        }
    }

    @Test
    void servicesArePinnedWatchedAndNotRoot() throws Exception {
        services()
                .forEach(
                        (name, service) -> {
                            assertThat((String) service.get("image"))
                                    .as(name + ": image with the full version")
                                    .matches("[a-z/]+:v?\\d+\\.\\d+\\.\\d+[-\\w.]*");
                            boolean once = "no".equals(service.get("restart"));
                            assertThat(once || service.containsKey("healthcheck"))
                                    .as(name + ": health check, unless it runs once")
                                    .isTrue();
                            // Gives the volume away, without a network and with one capability.
                            String user = name.equals("flink-state") ? "0:0" : "[1-9]\\d*:\\d+";
                            assertThat((String) service.get("user")).as(name).matches(user);
                            assertThat(strings(service.get("ports")))
                                    .as(name + ": ports")
                                    .allMatch(port -> port.startsWith("127.0.0.1:"));
                        });
    }

    @Test
    void secretsHaveNoDefaults() throws Exception {
        services()
                .forEach(
                        (name, service) -> {
                            if (service.get("environment") instanceof Map<?, ?> environment) {
                                environment.forEach(
                                        (key, value) -> {
                                            if (key.toString().contains("PASSWORD")) {
                                                assertThat(value.toString())
                                                        .as(name + " " + key)
                                                        .matches(SECRET);
                                            }
                                        });
                            }
                        });
        assertThat(Files.readAllLines(Path.of(".env.example")))
                .filteredOn(line -> line.contains("PASSWORD="))
                .hasSize(6)
                .allMatch(line -> line.endsWith("="));
    }

    @Test
    void mountedFilesExist() throws Exception {
        for (Map<String, Object> service : services().values()) {
            if (service.get("volumes") instanceof List<?> volumes) {
                for (Object volume : volumes) {
                    if (volume instanceof String text && text.startsWith("./")) {
                        assertThat(Path.of(text.substring(2, text.indexOf(':')))).isRegularFile();
                    }
                }
            }
        }
    }

    @Test
    void topicsOfTheSettingsAreCreated() throws Exception {
        KlineOptions options =
                new OptionsReader(SECRETS)
                        .read("test", "--config", SETTINGS.toString())
                        .orElseThrow();
        String commands = services().get("kafka-topics").get("command").toString();
        assertThat(commands)
                .contains(
                        "create " + options.kafka.tradesTopic + " ",
                        "create " + options.kafka.klinesTopic + " ",
                        "create " + options.kafka.deadTopic + " ");
    }

    @Test
    void submittedClassesExist() throws Exception {
        for (String name : List.of("submit-live", "submit-history")) {
            Map<?, ?> environment = (Map<?, ?>) services().get(name).get("environment");
            Class<?> job = Class.forName((String) environment.get("JOB_CLASS"));
            assertThat(job.getField("NAME").get(null)).isEqualTo(environment.get("JOB_NAME"));
        }
    }

    @Test
    void flinkKnowsEveryKeyOfItsConfiguration() throws Exception {
        Configuration config = GlobalConfiguration.loadConfiguration("flink-conf");
        Set<String> known = new TreeSet<>();
        for (Class<?> options :
                List.of(
                        BlobServerOptions.class,
                        CheckpointingOptions.class,
                        ClientOptions.class,
                        CoreOptions.class,
                        HeartbeatManagerOptions.class,
                        HighAvailabilityOptions.class,
                        JobManagerOptions.class,
                        RestOptions.class,
                        RestartStrategyOptions.class,
                        StateBackendOptions.class,
                        TaskManagerOptions.class,
                        WebOptions.class)) {
            known.addAll(keys(options));
        }
        assertThat(config.keySet())
                .filteredOn(key -> !key.matches("(metrics|events)\\.reporter\\..*"))
                .hasSizeGreaterThan(20)
                .isSubsetOf(known);
    }

    @Test
    void flinkReadsItsConfigurationAsMeant() {
        Configuration config = GlobalConfiguration.loadConfiguration("flink-conf");
        assertThat(config.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(config.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
        assertThat(config.get(CheckpointingOptions.CHECKPOINT_STORAGE)).isEqualTo("filesystem");
        assertThat(config.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY)).startsWith("file:///");
        assertThat(config.get(StateBackendOptions.STATE_BACKEND)).isEqualTo("hashmap");
        assertThat(config.get(RestartStrategyOptions.RESTART_STRATEGY))
                .isEqualTo("exponential-delay");
        assertThat(config.get(WebOptions.SUBMIT_ENABLE)).isFalse();
        assertThat(config.get(WebOptions.CANCEL_ENABLE)).isFalse();
    }

    /** A client of ZooKeeper gives up after two thirds of its session. */
    @Test
    void aTaskManagerMayPauseAsLongAsItsHeartbeat() throws Exception {
        Configuration config = GlobalConfiguration.loadConfiguration("flink-conf");
        List<String> command = strings(services().get("taskmanager").get("command"));
        assertThat(command).hasSize(2).startsWith("taskmanager");
        String[] session = command.get(1).split("=");
        assertThat(session[0])
                .isEqualTo("-D" + HighAvailabilityOptions.ZOOKEEPER_SESSION_TIMEOUT.key());
        assertThat(TimeUtils.parseDuration(session[1]).multipliedBy(2).dividedBy(3))
                .isGreaterThanOrEqualTo(config.get(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT));
    }

    @Test
    void theServerAcceptsTheSettingsAndTheArgumentsOfItsService() throws Exception {
        List<String> command = strings(services().get("server").get("command"));
        List<String> args = new ArrayList<>(command);
        args.set(args.indexOf("--config") + 1, SETTINGS.toString());
        ServerOptions options =
                new OptionsReader(SECRETS)
                        .read(new ServerOptions(), "test", args.toArray(String[]::new))
                        .orElseThrow();
        assertThat(options.server.host).isEqualTo("0.0.0.0");
        assertThat(services().get("redis").get("command").toString())
                .contains("user " + options.redis.user + " on >$$KLINE_READER_PASSWORD ");
    }

    /** Of all programs. */
    private static List<OptionSpec> keys() {
        return Stream.of(new KlineOptions(), new ServerOptions())
                .flatMap(options -> new CommandLine(options).getCommandSpec().options().stream())
                .filter(option -> option.longestName().contains("."))
                .toList();
    }

    private static Set<String> keys(Class<?> options) throws IllegalAccessException {
        Set<String> keys = new TreeSet<>();
        for (Field field : options.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers())
                    && Modifier.isPublic(field.getModifiers())
                    && field.getType() == ConfigOption.class) {
                keys.add(((ConfigOption<?>) field.get(null)).key());
            }
        }
        return keys;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services() throws Exception {
        try (Reader reader = Files.newBufferedReader(COMPOSE)) {
            Map<String, Object> compose =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
            return (Map<String, Map<String, Object>>) compose.get("services");
        }
    }

    private static List<String> strings(Object list) {
        return list == null ? List.of() : ((List<?>) list).stream().map(Object::toString).toList();
    }
}
