package io.kline;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A name that is read without its package means one thing. */
class UniqueNamesTest {

    /** Columns of a window, and the base candles of a rebuild: their packages do not meet. */
    private static final Set<String> TWICE = Set.of("Minutes");

    @Test
    void noTwoClassesHaveTheSameSimpleName() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            Map<String, Set<Path>> places =
                    files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.endsWith("package-info.java"))
                            .collect(
                                    groupingBy(
                                            file -> file.getFileName().toString(),
                                            mapping(Path::getParent, toSet())));
            places.values().removeIf(folders -> folders.size() == 1);
            assertThat(places.keySet())
                    .extracting(file -> file.replace(".java", ""))
                    .containsExactlyInAnyOrderElementsOf(TWICE);
        }
    }
}
