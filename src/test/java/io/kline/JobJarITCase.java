package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The job jar holds what a Flink cluster lacks, and nothing else. */
class JobJarITCase {

    private static final Path JAR = Path.of("target/kline-job.jar");
    private static final long LIMIT = 40_000_000;

    /** All but the query library, the server and the tools. */
    private static final String ROOMS =
            "candle|config|history|job|kafka|live|model|sink|state|store";

    @Test
    void isSmallAndComplete() throws Exception {
        assertThat(Files.size(JAR)).isLessThan(LIMIT);
        List<String> entries;
        try (ZipFile zip = new ZipFile(JAR.toFile())) {
            entries = zip.stream().map(ZipEntry::getName).toList();
        }
        assertThat(entries)
                .contains(
                        "io/kline/job/LiveJob.class",
                        "io/kline/job/HistoryJob.class",
                        "io/kline/store/redis/kline.lua",
                        "com/mysql/cj/jdbc/Driver.class",
                        "META-INF/services/java.sql.Driver",
                        "org/apache/flink/connector/kafka/source/KafkaSource.class",
                        "redis/clients/jedis/Connection.class",
                        "picocli/CommandLine.class")
                .noneMatch(entry -> entry.startsWith("com/zaxxer/"))
                .noneMatch(entry -> entry.startsWith("io/javalin/"))
                .noneMatch(entry -> entry.startsWith("org/eclipse/jetty/"))
                .noneMatch(entry -> entry.startsWith("kotlin/"))
                .noneMatch(entry -> entry.startsWith("jakarta/"))
                .noneMatch(entry -> entry.startsWith("io/micrometer/"))
                .noneMatch(entry -> entry.startsWith("io/prometheus/"))
                .noneMatch(entry -> entry.startsWith("io/github/bucket4j/"))
                .noneMatch(entry -> entry.startsWith("com/github/benmanes/"))
                .noneMatch(entry -> entry.startsWith("org/apache/flink/runtime/"))
                .noneMatch(entry -> entry.startsWith("org/apache/logging/"))
                .noneMatch(entry -> entry.startsWith("org/slf4j/"))
                .noneMatch(entry -> entry.startsWith("kafka/server/"))
                .noneMatch(entry -> entry.startsWith("redis/embedded/"))
                .noneMatch(entry -> entry.startsWith("ch/vorburger/"));
        assertThat(entries.stream().filter(entry -> entry.matches("io/kline/.+\\.class")))
                .allMatch(entry -> entry.matches("io/kline/(" + ROOMS + ")/.+"));
    }

    @Test
    void saysWhichVersionItIs() throws Exception {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            Attributes manifest = jar.getManifest().getMainAttributes();
            assertThat(manifest.getValue("Implementation-Title")).isEqualTo("Kline jobs");
            assertThat(manifest.getValue("Implementation-Version"))
                    .matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
        }
    }
}
