package io.kline.candle;

import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstCloseTest {

    /** The watermark asks {@code nextClose} whom it has to close. */
    @Test
    void aCandleBeforeTheFirstOneIsTheNextToClose() {
        TestSymbol symbol = new TestSymbol("1m");
        symbol.trade(2, 5 * MINUTE, "10").watermark(0);
        assertThat(symbol.candles.nextClose()).isEqualTo(NOON + 6 * MINUTE);
        symbol.trade(1, 2 * MINUTE, "11").watermark(0);
        assertThat(symbol.candles.nextClose()).isEqualTo(NOON + 3 * MINUTE);
    }
}
