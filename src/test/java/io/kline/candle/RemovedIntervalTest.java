package io.kline.candle;

import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import org.junit.jupiter.api.Test;

/** A removed interval ends with its current candle, whole. */
class RemovedIntervalTest {

    private final TestSymbol symbol = new TestSymbol("1m", "1h").trade(1, 0, "10").merge();

    @Test
    void theFlatCandlesThatWaitAreIssued() {
        symbol.tick(30 * MINUTE);
        symbol.intervals("1h").tick(31 * MINUTE).fillAll();
        assertThat(symbol.stored("1m")).hasSize(31).allMatch(Candle::closed);
        symbol.tick(32 * MINUTE);
        assertThat(symbol.candles.series()).hasSize(1);
    }

    /** While it was away its next candle began. */
    @Test
    void aCandleThatMissedATradeIsNotMade() {
        symbol.intervals("1h").trade(2, MINUTE, "11").merge();
        symbol.intervals("1m", "1h").trade(3, MINUTE + 1, "12").trade(4, 1, "13");
        symbol.tick(3 * MINUTE).fillAll();
        assertThat(symbol.stored("1m"))
                .extracting(Candle::openTime, Candle::count, Candle::lastId)
                .containsExactly(
                        tuple(NOON, 2L, 4L),
                        tuple(NOON + 2 * MINUTE, 0L, 3L),
                        tuple(NOON + 3 * MINUTE, 0L, 3L));
        assertThat(symbol.candles.series()).hasSize(2);
    }

    @Test
    void aLateTradeMakesNoCandleBehindItsLast() {
        symbol.intervals("1h").trade(3, 30 * MINUTE, "11").trade(2, 5 * MINUTE, "12").merge();
        assertThat(symbol.late).isEmpty();
    }
}
