package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.KnownBadVersion.Component;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnownBadVersionTest {

    private static final Pattern ADVISORIES =
            Pattern.compile("(CVE-\\d{4}-\\d{4,}|GHSA(-[a-z0-9]{4}){3})( (CVE|GHSA)-[-a-z0-9]+)*");
    private static final Pattern IMAGE = Pattern.compile("image: ([^:\\s]+):([^\\s]+)");

    /** As they stood in earlier versions of this project, or nearly did. */
    @ParameterizedTest
    @CsvSource({
        "org.apache.logging.log4j, log4j-core, 2.25.3, CVE-2026-34477",
        "org.apache.logging.log4j, log4j-core, 2.14.1, CVE-2021-44228",
        "org.apache.logging.log4j, log4j-api, 2.25.4, CVE-2026-49844",
        "org.eclipse.jetty, jetty-http, 12.1.10, CVE-2026-19203",
        "com.mysql, mysql-connector-j, 26.7.0, CVE-2026-101768",
        "com.github.luben, zstd-jni, 1.5.6-10, CVE-2026-87795",
        "com.github.luben, zstd-jni, 1.5.7-13, CVE-2026-87795",
        "at.yawk.lz4, lz4-java, 1.10.3, CVE-2026-59949",
        "org.lz4, lz4-java, 1.8.0, CVE-2025-12183",
        "org.xerial.snappy, snappy-java, 1.1.10.7, CVE-2026-116590",
        "org.apache.kafka, kafka_2.13, 4.2.1, CVE-2026-111115",
        "image, redis, 8.2.3, CVE-2026-81934",
    })
    void badVersionsAreFound(String group, String artifact, String version, String advisory)
            throws Exception {
        Component component = new Component(group, artifact, version);
        assertThat(KnownBadVersion.among(List.of(component)))
                .anyMatch(line -> line.contains(advisory));
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.logging.log4j, log4j-core, 2.25.5",
        "org.eclipse.jetty, jetty-http, 12.1.14",
        "com.mysql, mysql-connector-j, 9.7.0",
        "com.mysql, mysql-connector-j, 26.10.0",
        "com.github.luben, zstd-jni, 1.5.7-14",
        "org.example, log4j-core, 2.14.1",
    })
    void othersAreNot(String group, String artifact, String version) throws Exception {
        assertThat(KnownBadVersion.among(List.of(new Component(group, artifact, version))))
                .isEmpty();
    }

    @Test
    void eachNamesItsAdvisoriesAndAReason() throws Exception {
        assertThat(KnownBadVersion.all())
                .hasSizeGreaterThan(40)
                .allSatisfy(
                        bad -> {
                            assertThat(bad.advisories()).matches(ADVISORIES);
                            assertThat(bad.why()).isNotBlank();
                        });
    }

    @Test
    void noImageOfTheComposeFileIsKnownToBeBad() throws Exception {
        String compose = Files.readString(Path.of("docker-compose.yml"));
        List<Component> images = IMAGE.matcher(compose).results().map(this::image).toList();
        assertThat(images).extracting(Component::artifact).contains("redis", "mysql");
        assertThat(KnownBadVersion.among(images)).isEmpty();
    }

    private Component image(MatchResult image) {
        return new Component("image", image.group(1), image.group(2));
    }
}
