package io.kline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmallClassesTest {

    private static final int LINES = 300;

    @Test
    void noClassIsLargerThanAReaderKeepsInMind() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".java")))
                    .allSatisfy(
                            file ->
                                    assertThat(Files.readAllLines(file))
                                            .as("lines of %s", file)
                                            .hasSizeLessThan(LINES));
        }
    }
}
