package io.kline.demo.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                read("{'e':'aggTrade','s':'A','a':3,'f':10,'l':14,'p':'1','q':'1','T':1,'m':true}");
        assertThat(trade.id()).isEqualTo(14);
        assertThat(trade.count()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'e':'trade'>'e':'kline'",
                "'s':'A-B'>'s':'a'",
                "'s':'A-B'>'z':'A'",
                "'t':7>'t':-7",
                "'t':7>'t':'7'",
                "'p':'1.50'>'p':'0'",
                "'p':'1.50'>'p':'-1'",
                "'p':'1.50'>'p':'one'",
                "'p':'1.50'>'p':'0.0000000000000000001'",
                "'p':'1.50'>'p':'100000000000000000000'",
                "'q':2e1>'q':0.0",
                "'q':2e1>'q':null",
                "'T':1000>'T':0",
                "'T':1000>'T':5001",
                "'m':false>'m':0",
                "}}>}",
                "}}>}}{}"
            })
    void whatDoesNotCount(String change) {
        String[] parts = change.split(">");
        assertThat(read(GOOD.replace(parts[0], parts[1]))).isNull();
    }

    private static Trade read(String json) {
        return TradeRules.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), 5000);
    }
}
