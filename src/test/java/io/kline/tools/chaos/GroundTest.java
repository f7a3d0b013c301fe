package io.kline.tools.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroundTest {

    @TempDir private Path folder;

    @Test
    void whatAnEarlierRunLeftBehindIsEnded() throws Exception {
        Process left = sleeping(folder.resolve("stack/redis").toString());
        Process other = sleeping(folder + "-of-another");
        try (Ground ground = Ground.claim(folder)) {
            assertThat(ground).isNotNull();
            assertThat(left.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(other.isAlive()).isTrue();
        } finally {
            other.destroyForcibly();
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

    private static Process sleeping(String argument) throws IOException {
        return new ProcessBuilder("sh", "-c", "sleep 60; exit 0", argument).start();
    }
}
