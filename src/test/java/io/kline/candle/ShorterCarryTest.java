package io.kline.candle;

import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import org.junit.jupiter.api.Test;

/** A symbol that rests at once, for flat candles are carried for a shorter time now. */
class ShorterCarryTest {

    private final TestSymbol symbol = new TestSymbol("1m", "1h").trade(1, 0, "10").merge();

    @Test
    void theOpenCandlesAreClosedAndNoOtherIsOpened() {
        symbol.tick(150 * MINUTE).fillAll();
        assertThat(symbol.stored("1m")).hasSize(151).last().matches(candle -> !candle.closed());
        symbol.carryFor(60 * MINUTE).tick(151 * MINUTE).fillAll();
        assertThat(symbol.stored("1m")).hasSize(151).allMatch(Candle::closed);
        symbol.tick(240 * MINUTE).fillAll();
        assertThat(symbol.stored("1m")).hasSize(151);
        assertThat(symbol.stored("1h")).hasSize(3).allMatch(Candle::closed);
    }

    @Test
    void theNextTradeOpensNoneInTheRest() {
        symbol.tick(150 * MINUTE).fillAll();
        symbol.carryFor(60 * MINUTE).tick(151 * MINUTE).fillAll();
        symbol.trade(2, 240 * MINUTE, "11").merge().tick(242 * MINUTE).fillAll();
        assertThat(symbol.stored("1m"))
                .extracting(Candle::openTime)
                .hasSize(154)
                .contains(NOON + 150 * MINUTE, NOON + 240 * MINUTE)
                .doesNotContain(NOON + 151 * MINUTE, NOON + 239 * MINUTE);
    }

    /** As while a backlog is read: ticks are held. */
    @Test
    void theOpenCandleIsClosedThoughATradeComesBeforeTheTick() {
        symbol.tick(150 * MINUTE).fillAll();
        symbol.carryFor(60 * MINUTE).trade(2, 155 * MINUTE, "11").merge();
        symbol.tick(157 * MINUTE).fillAll();
        assertThat(symbol.stored("1m"))
                .hasSize(151 + 3)
                .filteredOn(candle -> !candle.closed())
                .extracting(Candle::openTime)
                .containsExactly(NOON + 157 * MINUTE);
        assertThat(symbol.stored("1h"))
                .hasSize(3)
                .filteredOn(candle -> !candle.closed())
                .extracting(Candle::openTime)
                .containsExactly(NOON + 120 * MINUTE);
    }
}
