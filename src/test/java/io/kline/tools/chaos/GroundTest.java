package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTest {

    @TempDir private Path folder;
    @TempDir private Path elsewhere;

    @Test
    void whatAnEarlierRunLeftBehindIsEnded() throws Exception {
        Process left = sleeping("java", folder.resolve("stack/redis").toString());
        Process other = sleeping("java", folder + "-of-another");
        Process reader = sleeping("tail", folder.resolve("outcomes.md").toString());
        try (Ground ground = Ground.claim(folder)) {
            assertThat(ground).isNotNull();
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.isAlive()).isTrue();
            assertThat(reader.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
            reader.destroyForcibly();
        }
    }

    @Test
    void aFolderIsForOneRunAtATime() throws Exception {
        try (Ground ground = Ground.claim(folder)) {
            assertThat(ground).isNotNull();
            // Within one JVM the lock says so by itself.
            assertThatThrownBy(() -> Ground.claim(folder))
                    .isInstanceOfAny(
                            IllegalStateException.class, OverlappingFileLockException.class);
        }
        Ground.claim(folder).close();
    }

    @Test
    void aFileSystemThatAnEarlierRunLeftBehindIsRemoved() throws Exception {
        Path below = Files.createDirectories(folder.resolve("cluster/its checkpoints"));
        try {
            SmallDisk.over(below, 100).fill();
        } catch (Scenario.ObstacleException e) {
            assumeTrue(false, e.getMessage());
        }
        assertThat(below.resolve("filling")).exists();
        Ground.claim(folder).close();
        assertThat(below.resolve("filling")).doesNotExist();
    }

    /** A shell under another name, which ends with its input. */
    private Process sleeping(String program, String argument) throws IOException {
        Path shell = Files.createDirectories(elsewhere.resolve(program + argument.hashCode()));
        Path copy = Files.copy(Path.of("/bin/sh"), shell.resolve(program));
        return new ProcessBuilder(copy.toString(), "-c", "read line; exit 0", argument).start();
    }
}
