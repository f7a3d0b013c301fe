package io.kline.tools.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClusterMainTest {

    private static final PrintWriter NOWHERE = new PrintWriter(Writer.nullWriter());

    @TempDir private Path folder;

    /** Who stops a cluster does not say again how large it is. */
    @Test
    void processesThatWereStartedAreFound() throws Exception {
        start("jobmanager-1");
        start("taskmanager-2");
        start("taskmanager-10");
        start("taskmanager");
        Files.createDirectories(folder.resolve("taskmanager-11"));

        assertThat(ClusterMain.started(folder, "jobmanager")).isEqualTo(1);
        assertThat(ClusterMain.started(folder, "taskmanager")).isEqualTo(10);
        assertThat(ClusterMain.started(folder, "zookeeper")).isZero();
        assertThat(ClusterMain.started(folder.resolve("none"), "taskmanager")).isZero();
    }

    /** The folder may be somebody's home. */
    @Test
    void onlyWhatAClusterWroteIsDeleted() throws Exception {
        start("jobmanager-1");
        start("zookeeper");
        Files.createDirectories(folder.resolve("checkpoints"));
        Files.createDirectories(folder.resolve("photos"));
        Files.writeString(folder.resolve("thesis.tex"), "");

        assertThat(ClusterMain.contents(folder))
                .extracting(own -> own.getFileName().toString())
                .containsExactlyInAnyOrder("jobmanager-1", "zookeeper", "checkpoints");
        assertThat(ClusterMain.contents(folder.resolve("none"))).isEmpty();
    }

    @Test
    void aClusterWithoutProcessesIsRefused() {
        for (String option : List.of("--jobmanagers=0", "--taskmanagers=0", "--jobmanagers=-1")) {
            assertThat(new CommandLine(new ClusterMain()).setErr(NOWHERE).execute("start", option))
                    .isEqualTo(2);
        }
        assertThat(new CommandLine(new ClusterMain()).setOut(NOWHERE).execute("start", "--help"))
                .isZero();
    }

    private void start(String name) throws Exception {
        Path home = Files.createDirectories(folder.resolve(name));
        Files.writeString(home.resolve(name + ".pid"), "1");
    }
}
