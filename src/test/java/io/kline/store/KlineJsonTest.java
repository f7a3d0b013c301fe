package io.kline.store;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.Trade;
import io.kline.model.TradeRef;
import io.kline.testing.CandleBuilder;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KlineJsonTest {

    private static final String FIRST_VERSION =
            "{\"t\":60000,\"T\":119999,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"f\":100,\"L\":200,"
                    + "\"o\":\"0.001\",\"c\":\"0.002\",\"h\":\"0.0025\",\"l\":\"0.0015\","
                    + "\"v\":\"1000\",\"n\":101,\"x\":true,\"q\":\"1\",\"V\":\"500\",\"Q\":\"0.5\","
                    + "\"lt\":119000,\"li\":200}";

    private static final String TEXT = FIRST_VERSION.replace("}", ",\"r\":3}");

    private static final Candle CANDLE =
            CandleBuilder.candle("BTCUSDT", "1m", 60_000)
                    .prices(
                            decimal("0.001"),
                            decimal("0.0025"),
                            decimal("0.0015"),
                            decimal("0.002"))
                    .volume(decimal("1000"), decimal("1"))
                    .takerBuys(decimal("500"), decimal("0.5"))
                    .count(101)
                    .first(100)
                    .last(119_000, 200)
                    .revision(3)
                    .build();

    @Test
    void theTextOfACandle() {
        assertThat(KlineJson.write(CANDLE)).isEqualTo(TEXT);
        assertThat(KlineJson.read(TEXT)).isEqualTo(CANDLE);
    }

    @Test
    void aFlatCandleHasNoTradeIds() {
        Candle flat = CandleBuilder.candle("币安人生USDT", "1h", 0).flat().last(-5, 7).build();
        String text = KlineJson.write(flat);
        assertThat(text)
                .contains("\"s\":\"币安人生USDT\"", "\"f\":-1,\"L\":-1,")
                .endsWith("\"lt\":-5,\"li\":7,\"r\":0}");
        assertThat(KlineJson.read(text)).isEqualTo(flat);
        assertThat(KlineJson.read(text).lastTradeId()).isEqualTo(-1);
    }

    @Test
    void withoutARevisionItIsZero() {
        assertThat(KlineJson.read(FIRST_VERSION))
                .isEqualTo(CandleBuilder.like(CANDLE).revision(0).build());
    }

    @Test
    void fieldsOfALaterVersionArePassedOver() {
        String later = TEXT.replace(",\"lt\":", ",\"w\":\"1\",\"lw\":{\"a\":[1]},\"lt\":");
        assertThat(later).isNotEqualTo(TEXT);
        assertThat(KlineJson.read(later)).isEqualTo(CANDLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"t\":1", "{\"t\":60000,\"n\":\"many\"}"})
    void whatIsNotAKline(String text) {
        assertThatThrownBy(() -> KlineJson.read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEventOfACandleHasItsFirstTime() {
        Candle candle = CandleBuilder.like(CANDLE).first(61_000, 100).build();
        String event = KlineJson.writeEvent(candle, 5);
        assertThat(event)
                .isEqualTo(
                        "{\"e\":\"kline\",\"E\":5,\"s\":\"BTCUSDT\",\"k\":"
                                + TEXT
                                + ",\"ft\":61000}");
        assertThat(read(event)).isEqualTo(new KlineEvent.Closed(candle));
        assertThat(read(event.replace(",\"ft\":61000", "")))
                .isEqualTo(new KlineEvent.Closed(CANDLE));
    }

    @Test
    void theEventOfALateTrade() {
        Trade aggregate =
                new Trade("BTCUSDT", 100, 104, decimal("0.001"), decimal("2.5"), 61_000, true);
        LateTrade late = new LateTrade("1m", 60_000, aggregate, true, 86_400_000, false, 17, true);
        String event = KlineJson.writeEvent(late, 5);
        assertThat(event)
                .isEqualTo(
                        "{\"e\":\"lateTrade\",\"E\":5,\"s\":\"BTCUSDT\",\"i\":\"1m\",\"o\":60000,"
                                + "\"t\":104,\"p\":\"0.001\",\"q\":\"2.5\",\"T\":61000,\"m\":true,"
                                + "\"f\":100,\"l\":104,\"c\":true,\"u\":86400000,\"k\":false,"
                                + "\"n\":17,\"a\":true}");
        assertThat(read(event)).isEqualTo(new KlineEvent.Late(late));
    }

    @Test
    void theEventOfALateTradeOfTheFirstVersion() {
        Trade trade = trade("BTCUSDT", 7, "2025-03-04T00:00:10Z", "1");
        LateTrade late =
                new LateTrade(
                        "1m",
                        at("2025-03-04T00:00:00Z"),
                        trade,
                        false,
                        Long.MAX_VALUE,
                        true,
                        LateTrade.UNKNOWN,
                        false);
        String event =
                KlineJson.writeEvent(late, 5)
                        .replace(
                                ",\"u\":" + Long.MAX_VALUE + ",\"k\":true,\"n\":-1,\"a\":false",
                                "");
        assertThat(event).endsWith("\"c\":false}");
        assertThat(read(event)).isEqualTo(new KlineEvent.Late(late));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "x", "}", " []"})
    void textBehindTheObjectIsRefused(String more) {
        assertThatThrownBy(() -> KlineJson.read(TEXT + more))
                .isInstanceOf(IllegalArgumentException.class);
        String event = KlineJson.writeEvent(CANDLE, 5);
        assertThatThrownBy(() -> read(event + more)).isInstanceOf(IllegalArgumentException.class);
        assertThat(KlineJson.read(TEXT + " \n")).isEqualTo(CANDLE);
        assertThat(read(event + " \n")).isEqualTo(new KlineEvent.Closed(CANDLE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"e\":\"kline\"}",
                "{\"e\":\"trade\",\"k\":{}}",
                "1",
                "{\"e\":\"lateTrade\"}"
            })
    void whatIsNoEvent(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theFirstTradeOfACandleFromRedisHasNoTime() {
        assertThat(KlineJson.read(TEXT).ohlcv().first())
                .isEqualTo(new TradeRef(TradeRef.UNKNOWN, 100));
    }

    private static KlineEvent read(String event) {
        return KlineJson.readEvent(event.getBytes(StandardCharsets.UTF_8));
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
