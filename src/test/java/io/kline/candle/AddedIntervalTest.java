package io.kline.candle;

import static io.kline.candle.TestSymbol.DAY;
import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import org.junit.jupiter.api.Test;

/** An added interval makes no candle of what it missed, but carries the last price of it. */
class AddedIntervalTest {

    private final TestSymbol symbol = new TestSymbol("1m").trade(1, 1_000, "10").merge();

    @Test
    void theFirstFlatCandleCarriesATradeOfThePartialOne() {
        symbol.intervals("1m", "5m").merge();
        symbol.trade(2, 2 * MINUTE, "11").tick(5 * MINUTE);
        assertThat(first().close()).isEqualTo("11");
        assertThat(first().lastId()).isEqualTo(2);
    }

    @Test
    void alsoOneThatWaitedWhenTheIntervalWasAdded() {
        symbol.trade(2, 2 * MINUTE, "11");
        symbol.intervals("1m", "5m").tick(5 * MINUTE);
        assertThat(first().lastId()).isEqualTo(2);
    }

    @Test
    void alsoOneThatComesWhenTheFlatCandleIsThere() {
        symbol.intervals("1m", "5m").tick(6 * MINUTE);
        assertThat(first().lastId()).isEqualTo(1);
        symbol.trade(2, 2 * MINUTE, "11").merge();
        assertThat(first().lastId()).isEqualTo(2);
    }

    @Test
    void alsoOneThatComesTooLate() {
        symbol.intervals("1m", "5m").tick(6 * MINUTE);
        symbol.trade(3, 30 * MINUTE, "12").trade(2, 2 * MINUTE, "11").merge().fillAll();
        assertThat(first().lastId()).isEqualTo(2);
    }

    /**
     * It is late for the added interval alone, and its first candle is given up in the same merge.
     */
    @Test
    void alsoOneThatComesWithTheEndOfTheFirstCandle() {
        symbol.intervals("1m", "5m").merge();
        symbol.trade(2, 2 * MINUTE, "11")
                .trade(3, 10 * MINUTE, "12")
                .trade(4, 30 * MINUTE, "13")
                .trade(5, 3 * MINUTE, "14")
                .merge()
                .fillAll();
        assertThat(first().lastId()).isEqualTo(5);
    }

    /** Whoever makes that candle of stored minutes has it: it is in time for its own. */
    @Test
    void aTradeWhoseCandleTakesTradesIsNotLateForIt() {
        symbol.trade(2, 2 * MINUTE, "11").merge();
        symbol.intervals("1m", "5m").trade(3, 14 * MINUTE, "12").trade(4, 4 * MINUTE, "13").merge();
        assertThat(symbol.late).isEmpty();
        symbol.trade(5, 3 * MINUTE, "14").merge();
        assertThat(symbol.late)
                .singleElement()
                .matches(late -> late.interval().equals("1m") && late.trade().id() == 5);
    }

    /** Its stored candles are those of a rebuild; nobody here issues the flat ones behind it. */
    @Test
    void theCorrectorCarriesOneThatComesTooLate() {
        symbol.intervals("1m", "5m").tick(6 * MINUTE);
        symbol.trade(3, 30 * MINUTE, "12").trade(2, -20 * MINUTE, "11").merge();
        assertThat(symbol.late)
                .filteredOn(late -> late.interval().equals("5m"))
                .singleElement()
                .satisfies(
                        late -> {
                            assertThat(late.opens()).isFalse();
                            assertThat(late.carried()).isFalse();
                            assertThat(late.carriedUntil())
                                    .isEqualTo(NOON - 20 * MINUTE + 30 * DAY);
                        });
    }

    /** What is restored from a snapshot decides, not what is merged first behind it. */
    @Test
    void itBeginsWhereTheSymbolWas() {
        TestSymbol later = new TestSymbol("1m").trade(1, 1_000, "10").merge();
        for (TestSymbol each : new TestSymbol[] {symbol, later}) {
            each.intervals("1m", "5m");
            each.trade(2, 4 * MINUTE, "11");
            if (each == symbol) {
                each.merge();
            }
            each.trade(3, 5 * MINUTE + 1, "12").merge();
            assertThat(each.stored("5m"))
                    .extracting(Candle::openTime)
                    .containsExactly(NOON + 5 * MINUTE);
        }
    }

    private Candle first() {
        Candle first = symbol.stored("5m").get(0);
        assertThat(first.openTime()).isEqualTo(NOON + 5 * MINUTE);
        return first;
    }
}
