package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayMainTest {

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void helpListsTheFlags() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("--file", "--format", "--rate", "--rebase", "--symbol", "--topic")
                .contains("--layout", "Examples:")
                .contains("Default: trades");
    }

    @Test
    void wrongOptionsAreRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("a.json"), "{}");

        assertThat(run()).isEqualTo(2);
        assertThat(run("--file", file.toString(), "--rate", "quick")).isEqualTo(2);
        assertThat(run("--file", file.toString(), "--symbol", "btc usdt")).isEqualTo(2);
        assertThat(run("--file", file.toString(), "--symbol", "A")).isEqualTo(2);
        assertThat(err.toString())
                .contains("'--file=F'", "--rate: 'quick'", "'btc usdt' is not a symbol")
                .contains("--symbol is for csv files only");
    }

    @Test
    void aMissingFileIsNamedBeforeKafkaIsAsked() {
        assertThat(run("--file", "nowhere.csv")).isEqualTo(1);
        assertThat(err.toString()).contains("replay.sh: nowhere.csv: no such file");
    }

    private int run(String... args) {
        CommandLine commandLine = ReplayMain.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(args);
    }
}
