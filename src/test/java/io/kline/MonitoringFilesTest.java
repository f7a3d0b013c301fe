package io.kline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import io.kline.model.Reason;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alert rules and the board name what the code reports, and parse. */
class MonitoringFilesTest {

    private static final Path RULES = Path.of("flink-conf", "prometheus", "alerts.yml");
    private static final Path RULE_TESTS = Path.of("flink-conf", "prometheus", "alerts-test.yml");
    private static final Path PROMETHEUS = Path.of("flink-conf", "prometheus", "prometheus.yml");
    private static final Path BOARD = Path.of("flink-conf", "grafana", "kline.json");
    private static final Path PROVISIONING = Path.of("flink-conf", "grafana", "provisioning");
    private static final Path OPERATIONS = Path.of("docs", "operations.md");

    private static final String OPERATOR = "flink_taskmanager_job_task_operator_";

    /** Groups of metrics between the operator and the name. */
    private static final String GROUPS = "(reason_|deserializer_)?";

    /** Flink's own, as its Prometheus reporter names them; each was seen at a running cluster. */
    private static final Set<String> OF_FLINK =
            Set.of(
                    "flink_jobmanager_Status_JVM_Memory_Heap_Used",
                    "flink_jobmanager_job_allSubTasksRunningOrFinishedTime",
                    "flink_jobmanager_job_lastCheckpointCompletedTimestamp",
                    "flink_jobmanager_job_lastCheckpointDuration",
                    "flink_jobmanager_job_lastCheckpointSize",
                    "flink_jobmanager_job_numRestarts",
                    "flink_jobmanager_job_numberOfFailedCheckpoints",
                    "flink_jobmanager_job_runningTime",
                    "flink_jobmanager_numRegisteredTaskManagers",
                    "flink_taskmanager_Status_JVM_GarbageCollector_All_Time",
                    "flink_taskmanager_Status_JVM_Memory_Heap_Used",
                    "flink_taskmanager_job_task_backPressuredTimeMsPerSecond",
                    OPERATOR + "currentSendTime",
                    OPERATOR + "pendingCommittables",
                    OPERATOR + "pendingRecords",
                    OPERATOR + "split_watermark_currentWatermark");

    private static final Pattern METRIC = Pattern.compile("\\b(?:flink|kline)_\\w+");

    /** A registration; the name is the last text, since kept counters have a key before it. */
    private static final Pattern REGISTERED =
            Pattern.compile(
                    "\\.(?:counter|gauge|histogram)\\(\\s*"
                            + "(?:\"[^\"]+\"(?:\\s*\\+[^,]+)?,\\s*[\\w().]+,\\s*)?\"([\\w.]+)\"");

    private static final Pattern SERVER_METRIC = Pattern.compile("\"(kline\\.[a-z.]+)\"");

    @Test
    void everyMetricOfTheRulesAndTheBoardIsReported() throws Exception {
        Set<String> registered = inSources(REGISTERED);
        Set<String> ofServer =
                inSources(SERVER_METRIC).stream()
                        .map(name -> name.replace('.', '_'))
                        .collect(Collectors.toSet());
        assertThat(registered).contains("ticksHeld", "freshnessMillis", "recordsIn", "deadLetters");
        for (String expression : expressions()) {
            for (String name : matches(METRIC, expression)) {
                String own = name.startsWith(OPERATOR) ? name.substring(OPERATOR.length()) : name;
                assertThat(
                                OF_FLINK.contains(name)
                                        || registered.contains(own.replaceFirst(GROUPS, ""))
                                        || ofServer.stream().anyMatch(name::startsWith)
                                        || labelled(expression, name))
                        .as(name + " in " + expression)
                        .isTrue();
            }
        }
    }

    @Test
    void everyLabelHasAValueThatOccurs() throws Exception {
        Set<String> jobs = Set.of(sanitized(LiveJob.NAME), sanitized(HistoryJob.NAME));
        Set<String> reasons =
                Arrays.stream(Reason.values())
                        .map(reason -> sanitized(reason.code()))
                        .collect(Collectors.toSet());
        Set<String> operators =
                matches(
                                Pattern.compile("\\(\"[a-z-]+\", \"([^\"]+)\"\\)"),
                                Files.readString(Path.of("src/main/java/io/kline/job/Stage.java")))
                        .stream()
                        .map(MonitoringFilesTest::sanitized)
                        .collect(Collectors.toSet());
        assertThat(operators).contains("Form_candles");
        for (String expression : expressions()) {
            for (String value : values("job_name", expression)) {
                assertThat(value.equals("Kline_.*") || jobs.contains(value)).as(value).isTrue();
            }
            assertThat(reasons).containsAll(values("reason", expression));
            for (String value : values("operator_name", expression)) {
                String name = value.replaceFirst(":_(Writer|Committer)$", "");
                assertThat(operators).contains(name);
            }
        }
    }

    @Test
    void everyAlertHasASeverityAndARunbook() throws Exception {
        Set<String> anchors =
                Files.readAllLines(OPERATIONS).stream()
                        .filter(line -> line.startsWith("#"))
                        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
                        .map(title -> title.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'))
                        .collect(Collectors.toSet());
        for (Map<String, Object> rule : rules()) {
            String alert = (String) rule.get("alert");
            assertThat(map(rule.get("labels")).get("severity")).as(alert).isIn("page", "warn");
            assertThat(map(rule.get("annotations"))).as(alert).containsKey("summary");
            assertThat(map(rule.get("annotations")).get("runbook"))
                    .isEqualTo("docs/operations.md#" + alert.toLowerCase(Locale.ROOT));
            assertThat(anchors).contains(alert.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void everyAlertIsSeenToFireAndNotToFire() throws Exception {
        Set<String> firing = new TreeSet<>();
        Set<String> silent = new TreeSet<>();
        for (Object test : list(yaml(RULE_TESTS).get("tests"))) {
            for (Object check : list(map(test).get("alert_rule_test"))) {
                boolean fires = !list(map(check).get("exp_alerts")).isEmpty();
                (fires ? firing : silent).add((String) map(check).get("alertname"));
            }
        }
        Set<String> alerts =
                rules().stream()
                        .map(rule -> (String) rule.get("alert"))
                        .collect(Collectors.toSet());
        assertThat(firing).isEqualTo(alerts);
        assertThat(silent).isEqualTo(alerts);
    }

    @Test
    void promtoolAcceptsRulesAndConfiguration() throws Exception {
        assumePromtool();
        promtool("check", "rules", RULES.toString());
        promtool("check", "config", PROMETHEUS.toString());
        promtool("test", "rules", RULE_TESTS.toString());
    }

    @Test
    void promtoolParsesEveryExpressionOfTheBoard(@TempDir Path folder) throws Exception {
        assumePromtool();
        StringBuilder rules = new StringBuilder("groups:\n  - name: board\n    rules:\n");
        int number = 0;
        for (String expression : boardExpressions()) {
            rules.append("      - record: board:panel:").append(number++).append("\n");
            rules.append("        expr: |\n          ").append(expression).append("\n");
        }
        assertThat(number).isGreaterThan(40);
        promtool("check", "rules", Files.writeString(folder.resolve("b.yml"), rules).toString());
    }

    @Test
    void theBoardReadsTheProvisionedPrometheus() throws Exception {
        Map<String, Object> sources =
                yaml(PROVISIONING.resolve(Path.of("datasources", "prometheus.yaml")));
        Object uid = map(list(sources.get("datasources")).get(0)).get("uid");
        Set<Object> ids = new TreeSet<>();
        for (Object panel : list(yaml(BOARD).get("panels"))) {
            assertThat(ids.add(map(panel).get("id"))).as("ids of panels are unique").isTrue();
            if (!"row".equals(map(panel).get("type"))) {
                assertThat(map(map(panel).get("datasource")).get("uid")).isEqualTo(uid);
                assertThat((String) map(panel).get("description")).isNotBlank();
            }
        }
    }

    private static List<String> expressions() throws IOException {
        return Stream.concat(
                        rules().stream().map(rule -> (String) rule.get("expr")),
                        boardExpressions().stream())
                .toList();
    }

    private static List<String> boardExpressions() throws IOException {
        List<String> expressions = new ArrayList<>();
        for (Object panel : list(yaml(BOARD).get("panels"))) {
            for (Object target : list(map(panel).get("targets"))) {
                expressions.add((String) map(target).get("expr"));
            }
        }
        return expressions;
    }

    private static List<Map<String, Object>> rules() throws IOException {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (Object group : list(yaml(RULES).get("groups"))) {
            list(map(group).get("rules")).forEach(rule -> rules.add(map(rule)));
        }
        return rules;
    }

    private static Set<String> inSources(Pattern pattern) throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                found.addAll(matches(pattern, Files.readString(file)));
            }
        }
        return found;
    }

    private static boolean labelled(String expression, String word) {
        return expression.contains('"' + word + '"');
    }

    private static Set<String> values(String label, String expression) {
        Set<String> values = new TreeSet<>();
        for (String text :
                matches(Pattern.compile("\\b" + label + "(?:=~|!=|=)\"([^\"]*)\""), expression)) {
            values.addAll(List.of(text.split("\\|")));
        }
        return values;
    }

    /** All that the pattern finds: its group, or the whole. */
    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult result) -> result.group(result.groupCount()))
                .collect(Collectors.toSet());
    }

    /** As Flink's Prometheus reporter changes values of labels. */
    private static String sanitized(String text) {
        return text.replaceAll("[^a-zA-Z0-9:_]", "_");
    }

    private static void assumePromtool() {
        boolean isThere =
                Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "promtool")));
        assumeTrue(isThere || "true".equals(System.getenv("CI")), "promtool is not installed");
    }

    private static void promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static Map<String, Object> yaml(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : (List<?>) value;
    }
}
