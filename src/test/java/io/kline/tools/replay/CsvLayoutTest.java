package io.kline.tools.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of the layouts that exchanges publish, and files that could be of several. */
class CsvLayoutTest {

    private static final String TRADES = "BTCUSDT-trades-2020-08.csv";
    private static final String AGGREGATES = "ZILBTC-aggTrades-2021-02-28.csv";
    private static final String CODES =
            "600519,1,1700.50,100,1764288000000,true\n"
                    + "600519,2,1700.60,200,1764288001000,false\n"
                    + "600519,3,1700.40,300,1764288002000,true\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Spot, USD-M, COIN-M, with a header and without, in ms and in µs.
                "7,0.231,10,2.31,1741046404349,True,True",
                "7,0.231,10,2.31,1741046404349123,True,True",
                "id,price,qty,quoteQty,time,isBuyerMaker,isBestMatch\n"
                        + "7,0.231,10,2.31,1741046404349123,True,True",
                "id,price,qty,quote_qty,time,is_buyer_maker\n7,0.231,10,2.31,1741046404349,true",
                "7,0.231,10,2.3,1741046404349,true",
                "id,price,qty,base_qty,time,is_buyer_maker\n7,0.231,10,432.9,1741046404349,true",
                "7,0.231,10,432.90043290,1741046404349,true",
                "7,0.231,10,4329.00432900,1741046404349,true",
            })
    void trades(String content) throws IOException {
        assertThat(read(TRADES, content, null))
                .containsExactly(
                        "{\"e\":\"trade\",\"E\":1741046404349,\"s\":\"BTCUSDT\",\"t\":7,"
                                + "\"p\":\"0.231\",\"q\":\"10\",\"T\":1741046404349,"
                                + "\"m\":true,\"M\":true}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,"
                        + "is_buyer_maker\n",
                "Agg Trade Id,Price,Quantity,First Trade Id,Last Trade Id,Timestamp,"
                        + "Was The Buyer The Maker\n",
                "",
            })
    void aggregatesKeepTheirExecutions(String header) throws IOException {
        for (String rest : List.of("1614556630707,True", "1614556630707123,True")) {
            assertThat(
                            read(
                                    AGGREGATES,
                                    header
                                            + "12027546,0.00000238,2082.000,20090650,20090657,"
                                            + rest,
                                    null))
                    .containsExactly(
                            "{\"e\":\"aggTrade\",\"E\":1614556630707,\"s\":\"ZILBTC\",\"a\":12027546,"
                                    + "\"p\":\"0.00000238\",\"q\":\"2082.000\",\"f\":20090650,"
                                    + "\"l\":20090657,\"T\":1614556630707,\"m\":true,\"M\":true}");
        }
    }

    @Test
    void spotAggregatesHaveOneColumnMore() throws IOException {
        assertThat(
                        read(
                                AGGREGATES,
                                "1,2,3,4,5,1614556630707,False,True\n"
                                        + "2,0,0,-1,-1,1614556630707,False,True\n",
                                null))
                .hasSize(2)
                .last()
                .asString()
                .contains("\"q\":\"0\",\"f\":-1,\"l\":-1,");
    }

    @Test
    void aSymbolOfDigitsIsNoId() throws IOException {
        assertThat(read("codes.csv", CODES, null))
                .hasSize(3)
                .allMatch(event -> event.contains("\"s\":\"600519\""))
                .first()
                .asString()
                .contains("\"t\":1,\"p\":\"1700.50\",\"q\":\"100\"");
        assertThatThrownBy(() -> read("codes.csv", CODES, null, "600519"))
                .hasMessageContaining("has a symbol column, --symbol cannot be given");
    }

    @Test
    void whatFitsTwoLayoutsIsDecidedByTheUser() throws IOException {
        String both = "600519,2,100,200,1764288000000,true";

        assertThatThrownBy(() -> read(TRADES, both, null))
                .isInstanceOf(FeedException.class)
                .hasMessageContaining("fit 2 layouts: give --layout kline|trades|aggTrades");
        assertThat(read("codes.csv", both + "\n" + CODES, null)).hasSize(4);
        assertThat(read(TRADES, both, CsvLayout.KLINE).get(0)).contains("\"s\":\"600519\"");
        assertThat(read(TRADES, both, CsvLayout.TRADES).get(0))
                .contains("\"t\":600519,\"p\":\"2\"");
    }

    @Test
    void rowsThatFitNothingAndRowsOfSeveralLayoutsAreRefused() {
        assertThatThrownBy(() -> read(TRADES, "7,0.231,10,2.5,1741046404349,true", null))
                .hasMessageContaining("line 1, fits no layout: kline: column 2 (trade_id): '0.231'")
                .hasMessageContaining("trades: column 4 (quote_qty): '2.5' is not the total");
        assertThatThrownBy(
                        () ->
                                read(
                                        TRADES,
                                        "7,0.231,10,2.31,1741046404349,true\nA,1,2,3,1741046404349,true",
                                        null))
                .hasMessageContaining("the rows are of different layouts");
    }

    @Test
    void anUnknownHeaderIsNeverReadAsAnother() throws IOException {
        String swapped = "id,qty,price,total,time,maker\n";
        String row = "7,10,0.231,2.31,1741046404349,true";

        assertThatThrownBy(() -> read(TRADES, swapped + row, null))
                .hasMessageContaining("not those of a known layout: id,qty,price,total,time,maker");
        assertThat(read(TRADES, swapped + row, CsvLayout.TRADES)).hasSize(1);
        assertThatThrownBy(
                        () ->
                                read(
                                        TRADES,
                                        "id,price,qty,quote_qty,time,is_buyer_maker\n" + row,
                                        CsvLayout.KLINE))
                .hasMessageContaining("line 1 names the columns of --layout trades, not of kline");
    }

    @Test
    void anEmptyFileHasNoTrades() throws IOException {
        assertThat(read("t.csv", "", null)).isEmpty();
        assertThat(read("t.csv", "symbol,trade_id,price,quantity,time_ms,is_buyer_maker\n", null))
                .isEmpty();
    }

    private static List<String> read(String name, String content, CsvLayout layout)
            throws IOException {
        return read(name, content, layout, null);
    }

    private static List<String> read(String name, String content, CsvLayout layout, String symbol)
            throws IOException {
        return Lines.records(Lines.csv(name, content, layout, symbol, Lines.timeline(false)))
                .stream()
                .map(Lines::text)
                .toList();
    }
}
