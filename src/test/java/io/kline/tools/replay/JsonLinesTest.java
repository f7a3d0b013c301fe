package io.kline.tools.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    private static final long NOW = 1_800_000_000_000L;

    @Test
    void bytesAreUntouchedWhateverTheyAre() throws IOException {
        byte[] content =
                "{\"s\":\"A\", \"T\":5 }\r\n\n\u00ff\u0000\u00fe garbage\n[1]\nlast"
                        .getBytes(ISO_8859_1);

        List<FeedRecord> records = read(content, false);

        assertThat(records.stream().map(r -> new String(r.value(), ISO_8859_1)))
                .containsExactly(
                        "{\"s\":\"A\", \"T\":5 }\r",
                        "",
                        "\u00ff\u0000\u00fe garbage",
                        "[1]",
                        "last");
        assertThat(records).map(FeedRecord::key).containsExactly("A", null, null, null, null);
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        String text = "x".repeat(200_000);

        assertThat(read((text + "\n" + text + "\n").getBytes(UTF_8), false))
                .hasSize(2)
                .allSatisfy(record -> assertThat(record.value()).hasSize(200_000));
    }

    @Test
    void onlyAWholeObjectWithAStringGivesAKey() {
        assertThat(symbol("{\"x\":{\"s\":\"B\"},\"s\":\"A\"}")).isEqualTo("A");
        assertThat(symbol("{\"s\":\"币安人生USDT\"}")).isEqualTo("币安人生USDT");
        assertThat(symbol("{\"s\":7}")).isNull();
        assertThat(symbol("{\"s\":\"A\"")).isNull();
        assertThat(symbol("{\"s\":\"A\"} x")).isNull();
        assertThat(symbol("{\"data\":{\"s\":\"A\"}}")).isNull();
    }

    @Test
    void timesAreTakenWherePossible() throws IOException {
        long future = NOW + 1;
        String lines =
                "{\"T\":1741046404349}\n{\"T\":\"1\"}\n{\"T\":-5}\n{\"T\":"
                        + future
                        + "}\n{\"T\":99999999999999999999}\n";

        assertThat(read(lines.getBytes(UTF_8), false))
                .map(FeedRecord::recordedTime)
                .containsExactly(1741046404349L, -1L, -1L, -1L, -1L);
    }

    @Test
    void rebaseChangesOnlyTheNumbersOfTheTimes() throws IOException {
        String lines =
                "junk\n"
                        + "{\"e\":\"trade\",\"E\":1741046404355 ,\"p\":\"1.50\", \"T\" : 1741046404349}\n"
                        + "{\"T\":1741046404350,\"é\":1741046404350,\"E\":0}\n"
                        + "junk\n";

        assertThat(
                        read(lines.getBytes(UTF_8), true).stream()
                                .map(r -> new String(r.value(), UTF_8)))
                .containsExactly(
                        "junk",
                        "{\"e\":\"trade\",\"E\":"
                                + (NOW + 6)
                                + " ,\"p\":\"1.50\", \"T\" : "
                                + NOW
                                + "}",
                        "{\"T\":" + (NOW + 1) + ",\"é\":1741046404350,\"E\":0}",
                        "junk");
    }

    private static String symbol(String line) {
        return TradeLine.of(line.getBytes(UTF_8)).symbol();
    }

    private static List<FeedRecord> read(byte[] content, boolean rebase) throws IOException {
        List<FeedRecord> records = new ArrayList<>();
        Timeline timeline = new Timeline(() -> NOW, rebase);
        try (RecordSource source = new JsonLines(new ByteArrayInputStream(content), timeline)) {
            for (FeedRecord next = source.next(); next != null; next = source.next()) {
                records.add(next);
            }
        }
        return records;
    }
}
