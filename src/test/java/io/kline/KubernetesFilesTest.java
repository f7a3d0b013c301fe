package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.job.HistoryJob;
import io.kline.job.LiveJob;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests for Kubernetes: no field that does not exist, and what has to be in each. */
class KubernetesFilesTest {

    private static final Path FOLDER = Path.of("flink-conf", "kubernetes");

    /**
     * Fields by the path of their parent; whoever adds one looks it up in the resource's schema.
     */
    private static final Map<String, Set<String>> FIELDS =
            Map.ofEntries(
                    Map.entry("", Set.of("apiVersion", "kind", "metadata", "spec")),
                    Map.entry(
                            "spec",
                            Set.of(
                                    "image",
                                    "flinkVersion",
                                    "serviceAccount",
                                    "flinkConfiguration",
                                    "jobManager",
                                    "taskManager",
                                    "job",
                                    "podTemplate")),
                    Map.entry("spec.jobManager", Set.of("replicas", "resource")),
                    Map.entry("spec.taskManager", Set.of("resource")),
                    Map.entry(
                            "spec.job",
                            Set.of(
                                    "jarURI",
                                    "entryClass",
                                    "args",
                                    "parallelism",
                                    "upgradeMode",
                                    "state")),
                    Map.entry("spec.podTemplate", Set.of("metadata", "spec")),
                    Map.entry("spec.podTemplate.metadata", Set.of("labels")),
                    Map.entry(
                            "spec.podTemplate.spec",
                            Set.of(
                                    "terminationGracePeriodSeconds",
                                    "securityContext",
                                    "topologySpreadConstraints",
                                    "containers",
                                    "volumes")),
                    Map.entry(
                            "spec.podTemplate.spec.securityContext",
                            Set.of(
                                    "runAsNonRoot",
                                    "runAsUser",
                                    "runAsGroup",
                                    "fsGroup",
                                    "seccompProfile")));

    /**
     * Keys of the operator, and of Flink's module for Kubernetes, which is not on our class path.
     */
    private static final String OF_KUBERNETES =
            "kubernetes\\.operator\\..*|high-availability\\.kubernetes\\.leader-election\\..*";

    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "history.yaml", "live-blue-green.yaml"})
    void deploymentsHaveKnownFieldsOnly(String file) throws Exception {
        Map<String, Object> deployment = deployment(file);
        FIELDS.forEach(
                (path, fields) -> {
                    Map<String, Object> parent = deployment;
                    for (String step : path.isEmpty() ? new String[0] : path.split("\\.")) {
                        parent = map(parent.get(step));
                    }
                    assertThat(fields).as(file + " " + path).containsAll(parent.keySet());
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "history.yaml", "live-blue-green.yaml"})
    void deploymentsRunTheJobsWithoutRoot(String file) throws Exception {
        Map<String, Object> spec = map(deployment(file).get("spec"));
        assertThat(spec).containsEntry("flinkVersion", "v2_2");
        Map<String, Object> job = map(spec.get("job"));
        Class<?> main = file.startsWith("live") ? LiveJob.class : HistoryJob.class;
        assertThat(job).containsEntry("entryClass", main.getName());
        assertThat(job.get("upgradeMode")).isIn("savepoint", "last-state");
        Map<String, Object> pod = map(map(spec.get("podTemplate")).get("spec"));
        assertThat(map(pod.get("securityContext"))).containsEntry("runAsNonRoot", true);
        Map<String, Object> container = map(list(pod.get("containers")).get(0));
        assertThat(container).containsEntry("name", "flink-main-container");
        assertThat(container).as("secrets come from files").doesNotContainKey("env");
        Map<String, Object> security = map(container.get("securityContext"));
        assertThat(security).containsEntry("allowPrivilegeEscalation", false);
        assertThat(map(security.get("capabilities"))).containsEntry("drop", List.of("ALL"));
        assertThat(Files.readString(FOLDER.resolve(file)).toLowerCase())
                .doesNotContain("password:");
    }

    /** What both say, they say alike; where checkpoints and leaders are is Kubernetes' affair. */
    @ParameterizedTest
    @ValueSource(strings = {"live.yaml", "history.yaml", "live-blue-green.yaml"})
    void flinkIsConfiguredAsElsewhere(String file) throws Exception {
        Configuration elsewhere = GlobalConfiguration.loadConfiguration("flink-conf");
        Map<String, Object> settings =
                map(map(deployment(file).get("spec")).get("flinkConfiguration"));
        Set<String> ofTheDeployment =
                Set.of(
                        "taskmanager.numberOfTaskSlots",
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "high-availability.type",
                        "high-availability.storageDir");
        settings.forEach(
                (key, value) -> {
                    if (!key.matches(OF_KUBERNETES) && !ofTheDeployment.contains(key)) {
                        assertThat(elsewhere.keySet()).contains(key);
                        boolean isOfHistory =
                                key.equals("execution.checkpointing.interval")
                                        && file.equals("history.yaml");
                        if (!isOfHistory) {
                            assertThat(elsewhere.toMap()).containsEntry(key, value.toString());
                        }
                    }
                });
        assertThat(settings)
                .containsEntry("high-availability.type", "kubernetes")
                .containsEntry("web.submit.enable", "false")
                .containsEntry("web.cancel.enable", "false");
    }

    @Test
    void blueAndGreenAreTheLiveJob() throws Exception {
        assertThat(deployment("live-blue-green.yaml").get("spec"))
                .isEqualTo(deployment("live.yaml").get("spec"));
        Map<String, Object> blueGreen = documents("live-blue-green.yaml").get(0);
        assertThat(blueGreen).containsEntry("kind", "FlinkBlueGreenDeployment");
        assertThat(map(blueGreen.get("spec"))).containsOnlyKeys("configuration", "template");
        assertThat(map(map(blueGreen.get("spec")).get("configuration")).keySet())
                .containsOnly(
                        "kubernetes.operator.bluegreen.deployment-deletion.delay",
                        "kubernetes.operator.bluegreen.abort.grace-period");
    }

    @Test
    void policiesAndBudgetsSelectPodsThatExist() throws Exception {
        Map<String, Object> live = map(map(deployment("live.yaml").get("spec")).get("podTemplate"));
        Map<String, Object> history =
                map(map(deployment("history.yaml").get("spec")).get("podTemplate"));
        List<String> kinds = new ArrayList<>();
        for (Map<String, Object> document : documents("cluster.yaml")) {
            kinds.add((String) document.get("kind"));
            Map<String, Object> spec = map(document.get("spec"));
            Object selector = spec.getOrDefault("selector", spec.get("podSelector"));
            if (selector != null) {
                Map<String, Object> labels = map(map(selector).get("matchLabels"));
                // The only label of Flink's own that is used.
                Object component = labels.remove("component");
                assertThat(component).isIn(null, "jobmanager", "taskmanager");
                assertThat(List.of(labelsOf(live), labelsOf(history)))
                        .as(document.toString())
                        .anyMatch(all -> all.entrySet().containsAll(labels.entrySet()));
            }
        }
        assertThat(kinds)
                .containsExactly(
                        "PersistentVolumeClaim",
                        "NetworkPolicy",
                        "PodDisruptionBudget",
                        "PodDisruptionBudget");
    }

    private static Map<String, Object> labelsOf(Map<String, Object> podTemplate) {
        return map(map(podTemplate.get("metadata")).get("labels"));
    }

    /** A deployment, or the one inside a blue/green deployment. */
    private static Map<String, Object> deployment(String file) throws IOException {
        Map<String, Object> document = documents(file).get(0);
        if (!"FlinkBlueGreenDeployment".equals(document.get("kind"))) {
            return document;
        }
        Map<String, Object> template = map(map(document.get("spec")).get("template"));
        return Map.of(
                "apiVersion", document.get("apiVersion"),
                "kind", document.get("kind"),
                "metadata", document.get("metadata"),
                "spec", template.get("spec"));
    }

    private static List<Map<String, Object>> documents(String file) throws IOException {
        List<Map<String, Object>> documents = new ArrayList<>();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve(file))) {
            new Yaml(new SafeConstructor(new LoaderOptions()))
                    .loadAll(reader)
                    .forEach(document -> documents.add(map(document)));
        }
        return documents;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    private static List<?> list(Object value) {
        return (List<?>) value;
    }
}
