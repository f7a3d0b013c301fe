package io.kline.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kline.model.Reason;
import io.kline.model.Trade;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradeParserTest {

    private static final long EARLIEST = 1_000_000_000_000L;
    private static final long LATEST = 1_672_515_790_000L;
    private static final String TRADE =
            "{\"e\":\"trade\",\"E\":1672515782136,\"s\":\"BNBBTC\",\"t\":12345,\"p\":\"0.001\",\"q\":\"100\","
                    + "\"T\":1672515782136,\"m\":true,\"M\":true}";
    private static final String AGGREGATE =
            "{\"e\":\"aggTrade\",\"E\":123456789,\"s\":\"BNBBTC\",\"a\":77,\"p\":\"0.001\",\"q\":\"100\","
                    + "\"f\":100,\"l\":105,\"T\":1672515782136,\"m\":false,\"M\":true}";

    private final TradeParser parser = new TradeParser();

    @Test
    void readsATrade() throws Exception {
        assertThat(parse(TRADE))
                .isEqualTo(
                        new Trade(
                                "BNBBTC",
                                12345,
                                12345,
                                new BigDecimal("0.001"),
                                new BigDecimal("1E+2"),
                                1672515782136L,
                                true));
    }

    @Test
    void readsAnAggregateAsTheTradesItStandsFor() throws Exception {
        Trade trade = parse(AGGREGATE);
        assertThat(trade.id()).isEqualTo(105);
        assertThat(trade.firstId()).isEqualTo(100);
        assertThat(trade.lastId()).isEqualTo(105);
        assertThat(trade.count()).isEqualTo(6);
        assertThat(trade.buyerIsMaker()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"0.001\"', 0.07",
        "'\"0.001\"', 0.1000000000000000055511151231257827",
        "'\"0.001\"', 99999999999999999999.999999999999999999",
        "'\"0.001\"', 1e-18",
    })
    void takesNumbersByTheirExactText(String old, String number) throws Exception {
        if (new BigDecimal(number).scale() > 18) {
            assertThat(reason(TRADE.replace(old, number))).isEqualTo(Reason.TOO_MANY_DIGITS);
        } else {
            assertThat(parse(TRADE.replace(old, number)).price())
                    .isEqualByComparingTo(new BigDecimal(number));
        }
    }

    /** A row that Binance publishes where a trade was taken back. */
    @Test
    void ignoresAnAggregateOfNothing() throws Exception {
        String nothing =
                AGGREGATE
                        .replace("\"0.001\"", "\"0\"")
                        .replace("\"100\"", "\"0\"")
                        .replace("\"f\":100,\"l\":105", "\"f\":-1,\"l\":-1");
        assertThat(parse(nothing)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"0\"", "\"0.00000000\"", "0", "0.0", "\"-0\"", "\"0E-400\""})
    void ignoresZeroPriceOrQuantity(String zero) throws Exception {
        assertThat(parse(TRADE.replace("\"0.001\"", zero))).isNull();
        assertThat(parse(TRADE.replace("\"100\"", zero))).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "42",
                "\"x\"",
                "{",
                "{\"e\":\"trade\"",
                "nonsense",
                "{} {}",
                "{\"e\":\"trade\"}x",
                "\uFEFFx"
            })
    void refusesWhatIsNotOneObject(String text) {
        assertThat(reason(text)).isIn(Reason.NOT_JSON, Reason.MISSING_FIELD);
        if (!text.startsWith("{} ")) {
            assertThat(reason(text)).isEqualTo(Reason.NOT_JSON);
        }
    }

    @Test
    void refusesNoValueAndBrokenUtf8() {
        assertThat(reason((byte[]) null)).isEqualTo(Reason.NOT_JSON);
        byte[] broken = TRADE.getBytes(UTF_8);
        broken[TRADE.indexOf("BNB")] = (byte) 0xFF;
        assertThat(reason(broken)).isEqualTo(Reason.NOT_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"e", "s", "t", "p", "q", "T", "m"})
    void refusesATradeWithoutAField(String field) {
        String without = TRADE.replace("\"" + field + "\":", "\"_" + field + "\":");
        assertThat(reason(without)).isEqualTo(Reason.MISSING_FIELD);
        assertThat(message(without)).contains("field " + field + " ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "f", "l", "p"})
    void refusesAnAggregateWithoutAField(String field) {
        String without = AGGREGATE.replace("\"" + field + "\":", "\"_" + field + "\":");
        assertThat(reason(without)).isEqualTo(Reason.MISSING_FIELD);
        assertThat(message(without)).contains("field " + field + " ");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "\"trade\"; \"kline\"; UNKNOWN_EVENT",
                "\"trade\"; 7; BAD_FIELD",
                "\"BNBBTC\"; \"bnbbtc\"; BAD_SYMBOL",
                "\"BNBBTC\"; \"\"; BAD_SYMBOL",
                "\"BNBBTC\"; \"B{N}B\"; BAD_SYMBOL",
                "\"BNBBTC\"; \"A12345678901234567890123456789012\"; BAD_SYMBOL",
                "\"BNBBTC\"; 5; BAD_FIELD",
                "\"0.001\"; \"-0.001\"; NEGATIVE_NUMBER",
                "\"0.001\"; -1; NEGATIVE_NUMBER",
                "\"0.001\"; \"abc\"; BAD_FIELD",
                "\"0.001\"; \"\"; BAD_FIELD",
                "\"0.001\"; \"NaN\"; BAD_FIELD",
                "\"0.001\"; null; BAD_FIELD",
                "\"0.001\"; true; BAD_FIELD",
                "\"0.001\"; {\"x\":1}; BAD_FIELD",
                "\"0.001\"; \"123456789012345678901\"; TOO_MANY_DIGITS",
                "\"0.001\"; \"1e20\"; TOO_MANY_DIGITS",
                "\"0.001\"; \"1e999999999\"; TOO_MANY_DIGITS",
                "\"0.001\"; \"0.1234567890123456789\"; TOO_MANY_DIGITS",
                "\"100\"; \"1e-19\"; TOO_MANY_DIGITS",
                "12345,; -1,; NEGATIVE_NUMBER",
                "12345,; -99999999999999999999,; NEGATIVE_NUMBER",
                "12345,; 99999999999999999999,; BAD_FIELD",
                "\"T\":1672515782136; \"T\":0; BAD_TIME",
                "\"T\":1672515782136; \"T\":-5; BAD_TIME",
                "\"T\":1672515782136; \"T\":1672515782; BAD_TIME",
                "\"T\":1672515782136; \"T\":1.5; BAD_FIELD",
                "\"T\":1672515782136; \"T\":\"1672515782136\"; BAD_FIELD",
                "\"T\":1672515782136; \"T\":1672515790001; FUTURE_TIME",
                "\"m\":true; \"m\":1; BAD_FIELD",
            })
    void refusesBadFields(String old, String bad, Reason reason) {
        assertThat(TRADE).contains(old);
        assertThat(reason(TRADE.replace(old, bad))).isEqualTo(reason);
    }

    @Test
    void refusesAnAggregateOfNoRange() {
        assertThat(reason(AGGREGATE.replace("\"l\":105", "\"l\":99"))).isEqualTo(Reason.BAD_FIELD);
        assertThat(reason(AGGREGATE.replace("\"l\":105", "\"l\":9223372036854775807")))
                .isEqualTo(Reason.BAD_FIELD);
    }

    @Test
    void acceptsTheLimits() throws Exception {
        assertThat(parse(TRADE.replace("\"T\":1672515782136", "\"T\":1672515790000"))).isNotNull();
        assertThat(parse(TRADE.replace("12345,", "9223372036854775807,")).id())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(parse(TRADE.replace("BNBBTC", "A-b.C_9".toUpperCase(java.util.Locale.ROOT))))
                .isNotNull();
        int room = 4096 - padded(0).length();
        assertThat(reason(padded(room + 1))).isEqualTo(Reason.TOO_LARGE);
        String full = padded(room);
        assertThat(full.length()).isEqualTo(4096);
        assertThat(parse(full)).isNotNull();
    }

    private static String padded(int length) {
        return TRADE.replace("}", ",\"x\":\"" + "y".repeat(length) + "\"}");
    }

    @Test
    void skipsUnknownFieldsOfAnyShape() throws Exception {
        assertThat(parse(TRADE.replace("{\"e\"", "{\"X\":{\"p\":[1,{\"q\":2}]},\"a\":\"b\",\"e\"")))
                .isEqualTo(parse(TRADE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"12345\"", "null", "1.5", "{\"x\":1}"})
    void refusesAnIdThatIsRepeatedAsSomethingElse(String second) {
        String repeated = TRADE.replace("{\"e\"", "{\"t\":12345,\"e\"");
        repeated = repeated.replaceFirst("\"t\":12345,\"p\"", "\"t\":" + second + ",\"p\"");
        assertThat(repeated).contains("\"t\":" + second);
        assertThat(reason(repeated)).isEqualTo(Reason.MISSING_FIELD);
        assertThat(message(repeated)).contains("field t ");
    }

    @Test
    void nothingIsLeftOverFromTheRecordBefore() throws Exception {
        parse(AGGREGATE);
        assertThat(parse(TRADE).count()).isEqualTo(1);
        assertThat(reason("{}")).isEqualTo(Reason.MISSING_FIELD);
    }

    private Trade parse(String text) throws BadRecordException {
        return parser.parse(text.getBytes(UTF_8), EARLIEST, LATEST);
    }

    private Reason reason(String text) {
        return reason(text.getBytes(UTF_8));
    }

    private Reason reason(byte[] value) {
        return catchThrowableOfType(
                        BadRecordException.class, () -> parser.parse(value, EARLIEST, LATEST))
                .reason();
    }

    private String message(String text) {
        return catchThrowableOfType(BadRecordException.class, () -> parse(text)).getMessage();
    }
}
