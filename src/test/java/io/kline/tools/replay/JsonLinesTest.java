package io.kline.tools.replay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

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
    void aByteOrderMarkIsNoPartOfTheFirstLine() throws IOException {
        List<FeedRecord> records =
                read("\uFEFF{\"s\":\"A\"}\n{\"s\":\"B\"}".getBytes(UTF_8), false);

        assertThat(records).extracting(FeedRecord::key).containsExactly("A", "B");
        assertThat(records.get(0).value()).isEqualTo("{\"s\":\"A\"}".getBytes(UTF_8));
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
        long future = Lines.NOW + 1;
        String lines =
                "{\"T\":1741046404349}\n{\"T\":\"1\"}\n{\"T\":-5}\n{\"T\":"
                        + future
                        + "}\n{\"T\":99999999999999999999}\n";

        assertThat(read(lines.getBytes(UTF_8), false))
                .map(FeedRecord::position)
                .containsExactly(0L, -1L, -1L, -1L, -1L);
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
                                + (Lines.NOW + 6)
                                + " ,\"p\":\"1.50\", \"T\" : "
                                + Lines.NOW
                                + "}",
                        "{\"T\":" + (Lines.NOW + 1) + ",\"é\":1741046404350,\"E\":0}",
                        "junk");
    }

    @Test
    void theObjectInAnEnvelopeIsSentUntouched() throws IOException {
        String trade =
                "{\"e\":\"aggTrade\", \"s\":\"BCHUSD_PERP\",\"x\":{\"s\":1},\"T\":1626916403852}";
        String text =
                "{\"stream\":\"bchusd_perp@aggTrade\",\"data\":"
                        + trade
                        + "}\r\n"
                        + "{ \"data\": "
                        + trade
                        + " ,\"stream\":\"x\" }\n";

        assertThat(read(text.getBytes(UTF_8), false))
                .allSatisfy(
                        record -> {
                            assertThat(Lines.text(record)).isEqualTo(trade);
                            assertThat(record.key()).isEqualTo("BCHUSD_PERP");
                            assertThat(record.position()).isZero();
                        })
                .hasSize(2);
        assertThat(Lines.text(read(text.getBytes(UTF_8), true).get(0)))
                .isEqualTo(trade.replace("1626916403852", Long.toString(Lines.NOW)));
    }

    @Test
    void aLocalTimeInFrontOfALineIsLeftOut() throws IOException {
        String trade = "{\"e\":\"trade\",\"s\":\"A\",\"T\":1626916403852}";
        String envelope = "{\"stream\":\"a@trade\",\"data\":" + trade + "}";
        for (String time :
                List.of(
                        "1626916404006 ",
                        "1626916404.006123\t",
                        "1626916404006,",
                        "2021-07-22T01:13:24.006Z ",
                        "[2021-07-22 01:13:24,006] ")) {
            String text = time + envelope + "\n" + time + trade + "\n";
            assertThat(read(text.getBytes(UTF_8), false))
                    .map(Lines::text)
                    .containsExactly(trade, trade);
        }
    }

    @Test
    void aTimeInFrontOfGarbageStays() throws IOException {
        for (String line : List.of("5 {\"e\":", "5 {} {}", "[{\"e\":1}]", "  {\"e\":\"trade\"}")) {
            assertThat(read(line.getBytes(UTF_8), false)).map(Lines::text).containsExactly(line);
        }
    }

    @Test
    void otherEventsOfARecordingAreNamed() throws IOException {
        String text =
                "{\"stream\":\"a@depth20@100ms\",\"data\":{\"bids\":[]}}\n"
                        + "{\"stream\":\"!miniTicker@arr\",\"data\":[{\"s\":\"A\"}]}\n"
                        + "7 {\"stream\":\"a@kline_1m\",\"data\":{\"e\":\"kline\",\"s\":\"A\"}}\n"
                        + "{\"stream\":\"a@trade\",\"data\":{\"e\":\"trade\",\"s\":\"A\"}}\n";

        assertThat(lines(text.getBytes(UTF_8), false).subList(0, 3))
                .containsExactly(
                        new SkippedLine(1, "stream depth20@100ms", "no trade"),
                        new SkippedLine(2, "stream !miniTicker@arr", "no trade"),
                        new SkippedLine(3, "stream kline_1m", "no trade"));
        assertThat(lines(text.getBytes(UTF_8), false).get(3)).isInstanceOf(FeedRecord.class);
    }

    private static String symbol(String line) {
        return TradeLine.of(line.getBytes(UTF_8)).symbol();
    }

    private static List<FeedRecord> read(byte[] content, boolean rebase) throws IOException {
        return lines(content, rebase).stream().map(FeedRecord.class::cast).toList();
    }

    private static List<FeedLine> lines(byte[] content, boolean rebase) throws IOException {
        return Lines.all(new JsonLines(new ByteArrayInputStream(content), Lines.timeline(rebase)));
    }
}
