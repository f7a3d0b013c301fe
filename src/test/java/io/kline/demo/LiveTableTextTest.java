package io.kline.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTextTest {

    private static final long OPEN = 1_800_000_000_000L;

    @Test
    void theMostActiveSymbolsComeFirst() {
        LatestCandles btc = candles("BTCUSDT", "104250", "104251.5", "104000.25", 900);
        LatestCandles doge = candles("DOGEUSDT", "0.17", "0.1785", "0.2", 20);
        LatestCandles eth = candles("ETHUSDT", "3400", "3420", "3420", 500);

        assertThat(LiveTableText.lines(List.of(doge, eth, btc), 2, OPEN + 3_400))
                .containsExactly(
                        "SYMBOL       LAST   1m OPEN      HIGH       LOW     CLOSE  VOLUME  TRADES"
                                + "  DAY %    AGE",
                        "BTCUSDT  104251.5  104250.0  104251.5  104250.0  104251.5    12.5       7"
                                + "  +0.24  2.4 s",
                        "ETHUSDT      3420      3400      3420      3400      3420    12.5       7"
                                + "   0.00  2.4 s");
    }

    @Test
    void volumesFitIntoTheirColumn() {
        assertThat(LiveTableText.volume(new BigDecimal("0"))).isEqualTo("0");
        assertThat(LiveTableText.volume(new BigDecimal("0.00012345678"))).isEqualTo("0.00012346");
        assertThat(LiveTableText.volume(new BigDecimal("99999"))).isEqualTo("99999");
        assertThat(LiveTableText.volume(new BigDecimal("123456.789"))).isEqualTo("123.46K");
        assertThat(LiveTableText.volume(new BigDecimal("98765432100"))).isEqualTo("98765M");
    }

    @Test
    void changesAreSigned() {
        assertThat(LiveTableText.change(new BigDecimal("2"), new BigDecimal("3")))
                .isEqualTo("+50.00");
        assertThat(LiveTableText.change(new BigDecimal("3"), new BigDecimal("2")))
                .isEqualTo("-33.33");
        assertThat(LiveTableText.change(BigDecimal.ONE, BigDecimal.ONE)).isEqualTo("0.00");
    }

    @Test
    void agesUseTheirLargestUnit() {
        assertThat(LiveTableText.age(-5)).isEqualTo("0.0 s");
        assertThat(LiveTableText.age(3_450)).isEqualTo("3.4 s");
        assertThat(LiveTableText.age(61_000)).isEqualTo("61 s");
        assertThat(LiveTableText.age(600_000)).isEqualTo("10 m");
        assertThat(LiveTableText.age(7_200_000)).isEqualTo("2 h");
        assertThat(LiveTableText.age(200_000_000)).isEqualTo("2 d");
    }

    private static LatestCandles candles(
            String symbol, String open, String close, String dayOpen, long dayTrades) {
        return new LatestCandles(
                candle(symbol, "1m", open, close, 7),
                candle(symbol, "1d", dayOpen, close, dayTrades));
    }

    private static Candle candle(
            String symbol, String interval, String open, String close, long count) {
        BigDecimal first = new BigDecimal(open);
        BigDecimal last = new BigDecimal(close);
        return new Candle(
                symbol,
                interval,
                OPEN,
                OPEN + 59_999,
                first,
                first.max(last),
                first.min(last),
                last,
                new BigDecimal("12.5"),
                BigDecimal.TEN,
                BigDecimal.ONE,
                BigDecimal.ONE,
                count,
                1,
                count,
                OPEN + 1_000,
                count,
                false);
    }
}
