package io.kline.candle;

import static io.kline.candle.TestSymbol.DAY;
import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import org.junit.jupiter.api.Test;

class FillPaceTest {

    private final TestSymbol symbol = new TestSymbol(TestSymbol.rules(10 * DAY, "1m"));

    /** As after a pause: one tick opens the row at once, then the trades before it are read. */
    @Test
    void aRowThatWasOpenedAtOnceIsPaced() {
        symbol.now = 1;
        symbol.trade(1, 0, "10").tick(1_000 * MINUTE).fill(2_000);
        assertThat(symbol.candles.nextFill()).isEqualTo(Long.MAX_VALUE);
        symbol.issued.clear();
        for (int i = 0; i < 200; i++) {
            symbol.now += 333;
            symbol.trade(2 + i, 1 + i * 100, "11").merge();
            if (symbol.candles.nextFill() <= symbol.now) {
                symbol.fill(2_000);
            }
        }
        assertThat(symbol.issued).hasSizeLessThan(10_000);
    }

    /** The end of the input comes in the middle of a round, and behind it a short row changes. */
    @Test
    void aRoundBehindTheLastOneIsNotForgotten() {
        symbol.now = 1;
        symbol.trade(1, 0, "10").trade(2, 4 * MINUTE, "20").tick(1_000 * MINUTE).fill(100);
        symbol.trade(3, 1, "11").merge();
        symbol.now = Long.MAX_VALUE;
        symbol.fillAll();
        assertThat(symbol.issued)
                .filteredOn(candle -> candle.openTime() == NOON + MINUTE)
                .last()
                .extracting(Candle::lastId)
                .isEqualTo(3L);
    }
}
