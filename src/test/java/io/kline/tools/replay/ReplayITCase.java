package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.testing.Servers;
import io.kline.tools.stack.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReplayITCase {

    private static final String TRADE =
            "{\"e\":\"trade\",\"E\":1741046404349,\"s\":\"A\",\"t\":1,\"p\":\"1\",\"q\":\"2\","
                    + "\"T\":1741046404349,\"m\":false}\n";

    @TempDir private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The producer refuses the first one, the topic the other one. */
    @Test
    void aLineThatKafkaDoesNotTakeIsCountedAndTheOthersAreSent() throws Exception {
        String topic = "small-" + System.nanoTime();
        Topics.create(
                Servers.kafka().address(),
                List.of(
                        new NewTopic(topic, 1, (short) 1)
                                .configs(Map.of("max.message.bytes", "10000"))));
        Path file =
                Files.writeString(
                        folder.resolve("a.jsonl"),
                        TRADE
                                + TRADE.replace("1741046404349", "1" + " ".repeat(2_000_000))
                                + TRADE
                                + noise(200_000)
                                + "\n"
                                + TRADE);

        int code = run("--file", file.toString(), "--topic", topic, "--rate", "max");

        assertThat(err.toString())
                .contains("2 lines are no trades: 2 too large for Kafka")
                .contains("  line 4: too large for Kafka: 200,000 bytes; not sent");
        assertThat(out.toString()).contains("sent 3 records");
        assertThat(code).isEqualTo(1);
    }

    /** Does not shrink much when it is packed. */
    private static String noise(int length) {
        StringBuilder noise = new StringBuilder("{");
        new java.util.Random(1)
                .ints(length - 1L, 'a', 'z')
                .forEach(each -> noise.append((char) each));
        return noise.toString();
    }

    private int run(String... args) {
        CommandLine commandLine = ReplayMain.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        String[] all = java.util.Arrays.copyOf(args, args.length + 2);
        all[args.length] = "--bootstrap";
        all[args.length + 1] = Servers.kafka().address();
        return commandLine.execute(all);
    }
}
