package io.kline.tools.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Symbol;
import io.kline.model.Trade;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TradeRulesTest {

    private static final String GOOD =
            "{'e':'trade','s':'A-B','t':7,'p':'1.50','q':2e1,'T':1000,'m':false,'x':{'p':[1]}}";

    @Test
    void aTrade() {
        Trade trade = read(GOOD);
        assertThat(trade.symbol()).isEqualTo("A-B");
        assertThat(trade.price()).isEqualByComparingTo("1.5");
        assertThat(trade.quantity()).isEqualByComparingTo(BigDecimal.valueOf(20));
        assertThat(trade.count()).isEqualTo(1);
    }

    @Test
    void anAggregateCountsItsTrades() {
        Trade trade =
                read(
                        "{'e':'aggTrade','s':'A','a':3,'f':10,'l':14,'p':'1','q':'1','T':500,'m':true}");
        assertThat(trade.id()).isEqualTo(14);
        assertThat(trade.count()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "'e':'trade'>'e':'kline'>unknown-event",
                "'e':'trade'>'e':1>bad-field",
                "'s':'A-B'>'s':'a'>bad-symbol",
                "'s':'A-B'>'z':'A'>missing-field",
                "'t':7>'t':-7>negative-number",
                "'t':7>'t':'7'>bad-field",
                "'p':'1.50'>'p':'0'>zero",
                "'p':'1.50'>'p':'-1'>negative-number",
                "'p':'1.50'>'p':'one'>bad-field",
                "'p':'1.50'>'p':'0.0000000000000000001'>too-many-digits",
                "'p':'1.50'>'p':'100000000000000000000'>too-many-digits",
                "'q':2e1>'q':0.0>zero",
                "'q':2e1>'q':null>bad-field",
                "'T':1000>'T':0>bad-time",
                "'T':1000>'T':499>bad-time",
                "'T':1000>'T':5001>future-time",
                "'m':false>'m':0>bad-field",
                "}}>}>not-json",
                "}}>}}{}>not-json"
            })
    void whatDoesNotCount(String old, String changed, String reason) {
        ClassifiedRecord classified = classified(GOOD.replace(old, changed));
        assertThat(classified.trade()).isNull();
        assertThat(classified.setAside().code).isEqualTo(reason);
    }

    @Test
    void neitherNothingNorTooMuch() {
        assertThat(TradeRules.read(null, 0, 5000).setAside()).isEqualTo(SetAside.NOT_JSON);
        assertThat(classified(" ".repeat(4096) + GOOD).setAside()).isEqualTo(SetAside.TOO_LARGE);
    }

    @Test
    void aRowOfNothingHasNoExecutions() {
        String row =
                "{'e':'aggTrade','s':'A','a':3,'f':-1,'l':-1,'p':'0','q':'0','T':500,'m':true}";
        assertThat(classified(row)).isEqualTo(ClassifiedRecord.setAside(SetAside.ZERO, "A"));
    }

    @Test
    void whatIsSetAsideIsASymbolsIfItSays() {
        assertThat(classified(GOOD.replace("'T':1000", "'T':0")).symbol()).isEqualTo("A-B");
        assertThat(classified(GOOD.replace("A-B", "A B")).symbol()).isEmpty();
        assertThat(classified("7").symbol()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "1000SATS.X_Y-Z",
                "\u5e01\u5b89\u4eba\u751fUSDT",
                "\u00c5\u0416\u0391",
                "\u0661\u0662",
                "\u05d0"
            })
    void symbolsOfAnyScript(String symbol) {
        assertThat(read(GOOD.replace("A-B", symbol)).symbol()).isEqualTo(symbol);
    }

    @Test
    void symbolsOf32Characters() {
        String rare = Character.toString(0x20000);
        assertThat(read(GOOD.replace("A-B", rare.repeat(32)))).isNotNull();
        assertThat(classified(GOOD.replace("A-B", rare.repeat(33))).setAside())
                .isEqualTo(SetAside.BAD_SYMBOL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "币安人生USDT",
                "ÄЖ",
                "1",
                "A._-",
                "𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀𐐀"
            })
    void aSymbolIsOfAnyScript(String symbol) {
        assertThat(read(GOOD.replace("A-B", symbol)).symbol()).isEqualTo(symbol);
        assertThat(Symbol.isValid(symbol)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " A",
                "A B",
                "ä",
                "Жж",
                "A\u0308",
                "A\u200E",
                "A\u202E",
                "A/B",
                "ﬁ",
                "𐐨",
                "123456789012345678901234567890123"
            })
    void whatIsNoSymbol(String symbol) {
        assertThat(classified(GOOD.replace("A-B", symbol)).setAside())
                .isEqualTo(SetAside.BAD_SYMBOL);
        assertThat(Symbol.isValid(symbol)).isFalse();
    }

    private static Trade read(String json) {
        return classified(json).trade();
    }

    private static ClassifiedRecord classified(String json) {
        return TradeRules.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 500, 5000);
    }
}
