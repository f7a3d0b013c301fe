package io.kline.tools.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code flink.sh} makes of answers of the flink command. */
class FlinkScriptTest {

    @TempDir private Path folder;

    @Test
    void aJobThatStartsIsWaitedFor() throws Exception {
        assertThat(
                        bash(
                                "[[ -e $DIR/asked ]] && { echo fine; return 0; }",
                                "touch $DIR/asked",
                                "echo 'Failure reason: Not all required tasks are currently"
                                        + " running.'",
                                "return 1"))
                .isEqualTo("0 fine");
    }

    @Test
    void whatFailsForAnotherReasonIsNotTriedAgain() throws Exception {
        assertThat(bash("echo asked >> $DIR/asked", "echo broken", "return 1"))
                .isEqualTo("1 broken");
        assertThat(Files.readAllLines(folder.resolve("asked"))).hasSize(1);
    }

    /** Exit code and output of a savepoint, where the flink command consists of these lines. */
    private String bash(String... command) throws Exception {
        String script =
                "source scripts/flink.sh\nflink() {\n"
                        + String.join("\n", command)
                        + "\n}\nflink_when_running savepoint 1\necho $? $output\n";
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true);
        builder.environment().put("DIR", folder.toString());
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return printed.strip();
    }
}
