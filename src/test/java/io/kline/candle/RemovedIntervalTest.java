package io.kline.candle;

import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import org.junit.jupiter.api.Test;

/** A removed interval ends with its current candle, whole, when that takes no more trades. */
class RemovedIntervalTest {

    private final TestSymbol symbol = new TestSymbol("1m", "1h").trade(1, 0, "10").merge();

    @Test
    void theFlatCandlesThatWaitAreIssued() {
        symbol.tick(30 * MINUTE);
        symbol.intervals("1h").tick(31 * MINUTE).fillAll();
        assertThat(symbol.stored("1m")).hasSize(31).allMatch(Candle::closed);
        symbol.trade(2, 42 * MINUTE, "11").tick(42 * MINUTE);
        assertThat(symbol.candles.series()).hasSize(1);
    }

    /** One that is on its way when the tick closes it. */
    @Test
    void itsLastCandleTakesTradesThatComeInTime() {
        symbol.intervals("1m").tick(60 * MINUTE);
        symbol.trade(2, 60 * MINUTE - 1, "50").merge();
        assertThat(symbol.stored("1h"))
                .singleElement()
                .matches(Candle::closed)
                .extracting(Candle::count, Candle::lastId)
                .containsExactly(2L, 2L);
        symbol.trade(3, 69 * MINUTE, "11").trade(4, 60 * MINUTE - 2, "9").merge();
        assertThat(symbol.stored("1h")).singleElement().matches(candle -> candle.count() == 3);
        symbol.trade(5, 70 * MINUTE, "11").trade(6, 60 * MINUTE - 2, "9").merge();
        assertThat(symbol.stored("1h")).singleElement().matches(candle -> candle.count() == 3);
        assertThat(symbol.candles.series()).hasSize(1);
    }

    /** Its last candle is flat until then. */
    @Test
    void aTradeInTimeForItsFlatCandleIsInIt() {
        symbol.tick(65 * MINUTE);
        symbol.intervals("1m").tick(120 * MINUTE);
        symbol.trade(2, 125 * MINUTE, "11").trade(3, 118 * MINUTE, "50").merge();
        assertThat(symbol.stored("1h"))
                .extracting(Candle::openTime, Candle::count, Candle::closed)
                .containsExactly(tuple(NOON, 1L, true), tuple(NOON + 60 * MINUTE, 1L, true));
        symbol.trade(4, 130 * MINUTE, "11").merge();
        assertThat(symbol.candles.series()).hasSize(1);
    }

    /** Only a trade would end it, and none comes. */
    @Test
    void aSymbolWithARemovedIntervalRests() {
        symbol.intervals("1m").carryFor(60 * MINUTE).tick(59 * MINUTE).fillAll();
        assertThat(symbol.isResting()).as("the hour is open").isFalse();
        symbol.tick(61 * MINUTE).fillAll();
        assertThat(symbol.isResting()).isTrue();
        symbol.issued.clear();
        symbol.reissueLatest();
        assertThat(symbol.issued).extracting(Candle::interval).containsExactly("1m");
    }

    /** The removed one still has the trades of its last candle, and nobody else gets them. */
    @Test
    void takenBackMeanwhileItCountsATradeOnce() {
        symbol.intervals("1m").trade(2, 65 * MINUTE, "11").tick(66 * MINUTE);
        symbol.intervals("1m", "1h").trade(3, 50 * MINUTE, "12").merge();
        symbol.trade(4, 68 * MINUTE, "13").trade(5, 57 * MINUTE, "14").merge();
        assertThat(symbol.stored("1h"))
                .singleElement()
                .extracting(Candle::count, Candle::lastId)
                .containsExactly(3L, 5L);
        assertThat(symbol.late)
                .extracting(late -> late.interval(), late -> late.trade().id())
                .containsExactly(tuple("1m", 3L), tuple("1m", 5L));
        // Both say so of one that comes too late; by the ledger it is applied once.
        symbol.trade(6, 72 * MINUTE, "15").trade(7, 58 * MINUTE, "16").merge();
        assertThat(symbol.late)
                .extracting(late -> late.interval(), late -> late.trade().id())
                .endsWith(tuple("1m", 7L), tuple("1h", 7L), tuple("1h", 7L));
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
        symbol.trade(5, 11 * MINUTE, "14").merge();
        assertThat(symbol.candles.series()).hasSize(2);
    }

    @Test
    void aLateTradeMakesNoCandleBehindItsLast() {
        symbol.intervals("1h").trade(3, 30 * MINUTE, "11").trade(2, 5 * MINUTE, "12").merge();
        assertThat(symbol.late).isEmpty();
    }
}
