package io.kline.tools.replay;

import static io.kline.tools.replay.Lines.NOW;
import static io.kline.tools.replay.Lines.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTradesTest {

    private static final String PUBLIC = "BTCUSDT-trades-2025-03-04.csv";

    @Test
    void rowsBecomeTradeEventsWithTheTextOfTheirDecimals() throws IOException {
        List<FeedRecord> records =
                read("t.csv", "TRXUSDT,548321769,0.23100,243.0,1741046404349,false\n");

        assertThat(records).hasSize(1);
        assertThat(records.get(0).key()).isEqualTo("TRXUSDT");
        assertThat(records.get(0).position()).isZero();
        assertThat(text(records.get(0)))
                .isEqualTo(
                        "{\"e\":\"trade\",\"E\":1741046404349,\"s\":\"TRXUSDT\",\"t\":548321769,"
                                + "\"p\":\"0.23100\",\"q\":\"243.0\",\"T\":1741046404349,"
                                + "\"m\":false,\"M\":true}");
    }

    @Test
    void headerBomEmptyLinesAndCarriageReturnsAreNoTrades() throws IOException {
        String rows = "A,1,2,3,1741046404349,true\r\n\r\nB,1,2,3,1741046404350,false";

        assertThat(read("t.csv", rows)).hasSize(2);
        assertThat(
                        read(
                                "t.csv",
                                "\uFEFFsymbol,trade_id,price,quantity,time_ms,is_buyer_maker\r\n"
                                        + rows))
                .hasSize(2);
    }

    @Test
    void publicDataTakesItsSymbolFromTheFileName() throws IOException {
        String futures =
                "id,price,qty,quote_qty,time,is_buyer_maker\n"
                        + "7,0.231,10,2.31,1741046404349,true\n";
        String spot = "7,0.231,10,2.31,1741046404349123,True,True\n";

        assertThat(read(PUBLIC, futures))
                .map(Lines::text)
                .isEqualTo(read(PUBLIC, spot).stream().map(Lines::text).toList());
        assertThat(text(read(PUBLIC, spot).get(0)))
                .contains("\"s\":\"BTCUSDT\",\"t\":7,\"p\":\"0.231\",\"q\":\"10\"")
                .contains("\"T\":1741046404349,\"m\":true");
    }

    @Test
    void aGivenSymbolIsForFilesWithoutOne() throws IOException {
        String spot = "7,0.231,10,2.31,1741046404349123,True,True\n";

        assertThat(read("renamed.csv", spot, "ETHUSDT", false).get(0).key()).isEqualTo("ETHUSDT");
        assertThatThrownBy(() -> read("renamed.csv", spot))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("give --symbol");
        assertThatThrownBy(() -> read("t.csv", "A,1,2,3,1741046404349,true", "B", false))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("--symbol cannot be given");
    }

    @Test
    void symbolsAreOfAnyScript() throws IOException {
        FeedRecord record =
                read("t.csv", "币安人生USDT,1,2,3,1741046404349,true\n12345,1,2,3,1741046404349,true")
                        .get(0);

        assertThat(record.key()).isEqualTo("币安人生USDT");
        assertThat(text(record)).contains("\"s\":\"币安人生USDT\"");
        assertThat(
                        read(
                                        "币安人生USDT-trades-2025-03-04.csv",
                                        "7,0.231,10,2.31,1741046404349123,True,True\n")
                                .get(0)
                                .key())
                .isEqualTo("币安人生USDT");
        assertThatThrownBy(() -> read("btc-trades-1.csv", "7,0.231,10,2.31,1741046404349,True"))
                .hasMessageContaining("give --symbol");
    }

    @Test
    void errorsDoNotSteerTheTerminal() {
        assertThatThrownBy(() -> read("t.csv", "\u001b[31m\u202eA\u0085,1,2,3,1741046404349,true"))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("(symbol): '?[31m?A?' is not");
    }

    @Test
    void badRowsNameLineAndColumnAndEndNothing() throws IOException {
        String good = "A,1,2,3,1741046404349,true\n";

        assertBad(good + "A,2,x,3,1741046404349,true", 2, "column 3 (price): 'x'");
        assertBad(good + "a,2,2,3,1741046404349,true", 2, "column 1 (symbol): 'a'");
        assertBad(good + "A,-2,2,3,1741046404349,true", 2, "column 2 (trade_id): '-2'");
        assertBad(good + "A,2,2,,1741046404349,true", 2, "column 4 (quantity): ''");
        assertBad(
                good + "A,2,2,3,1741046404349000,true",
                2,
                "column 5 (time_ms): '1741046404349000'");
        assertBad(good + "A,2,2,3,1741046404349,1", 2, "column 6 (is_buyer_maker): '1'");
        assertBad(good + "\nA,2,2,3", 3, "column 5 (time_ms): missing");
        assertBad(good + "A,2,2,3,1741046404349,true,9", 2, "7 columns");
    }

    @Test
    void rebasedTimesBeginNowAndKeepTheirDistances() throws IOException {
        List<FeedRecord> records =
                read(
                        "t.csv",
                        "A,1,2,3,1741046404349,true\nA,2,2,3,1741046404340,true\n",
                        null,
                        true);

        assertThat(text(records.get(0))).contains("\"E\":" + NOW + ",", "\"T\":" + NOW + ",");
        assertThat(text(records.get(1))).contains("\"T\":" + (NOW - 9) + ",");
        assertThat(records.get(1).position()).isZero();
    }

    @Test
    void recordedFilesAreReadWhole() throws IOException {
        Path data = Path.of("../shared/data/binance-um-trxusdt-trades.csv");
        assumeTrue(Files.exists(data), "no recorded trades at " + data);

        try (RecordSource source =
                new CsvTrades(
                        "f", FeedFile.open(data, note -> {}), null, null, Lines.timeline(false))) {
            assertThat(Lines.records(source)).hasSize(10_000);
        }
    }

    @Test
    void anOpenQuoteSpoilsItsOwnRowOnly() throws IOException {
        String good = "A,1,2,3,1741046404349,true\n";

        assertBad(good + "\"A,2,2,3,1741046404349,true", 2, "column 1 (symbol): 'A,2,2,3,");
        assertBad(good + "\"A\"A,2,2,3,1741046404349,true", 2, "column 1 (symbol)");
        assertThat(read("t.csv", "\"A\",\"1\",2,3,1741046404349,\"true\"\n")).hasSize(1);
    }

    @Test
    void aNumberBeyondAllSenseIsNoStackTrace() throws IOException {
        String spot = "7,0.231,10,2.31,1741046404349123,True,True\n";

        for (String number : new String[] {"1e999999999", "1e-999999999", "9".repeat(1_000)}) {
            List<FeedLine> lines =
                    Lines.all(
                            Lines.csv(
                                    PUBLIC,
                                    spot + spot.replace("0.231", number) + spot,
                                    null,
                                    null,
                                    Lines.timeline(false)));
            assertThat(lines).hasSize(3);
            assertThatThrownBy(() -> read(PUBLIC, spot.replace("0.231", number)))
                    .isInstanceOf(FeedException.class)
                    .hasMessageContaining("fits no layout");
        }
    }

    /** Its quote quantities are not the totals, so the rows fit the layout with a symbol only. */
    @Test
    void aPublicFileIsNeverTakenForOneWithSymbols() {
        String content =
                "1,20000,3,59000,1672515782136,true\n2,20001,3,60003,1672515782137,false\n";

        assertThatThrownBy(() -> read("BTCUSDT-trades-2023-01-03.csv", content))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("--layout");
    }

    /** The rows around the bad one are read. */
    private static void assertBad(String content, long line, String detail) throws IOException {
        String more = content + "\nZ,9,2,3,1741046404349,true";
        List<FeedLine> lines =
                Lines.all(Lines.csv("t.csv", more, null, null, Lines.timeline(false)));

        assertThat(lines.get(1)).isInstanceOf(SkippedLine.class);
        assertThat(lines.get(1).line()).isEqualTo(line);
        assertThat(((SkippedLine) lines.get(1)).detail()).contains(detail);
        assertThat(lines).hasSize(3);
        assertThat(((FeedRecord) lines.get(2)).key()).isEqualTo("Z");
    }

    private static List<FeedRecord> read(String name, String content) throws IOException {
        return read(name, content, null, false);
    }

    private static List<FeedRecord> read(String name, String content, String symbol, boolean rebase)
            throws IOException {
        return Lines.records(Lines.csv(name, content, null, symbol, Lines.timeline(rebase)));
    }
}
