package io.kline.candle;

import static io.kline.candle.TestSymbol.DAY;
import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import io.kline.testing.CandleBuilder;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeOverTest {

    /** The interval was removed a day ago, and its candles are still in Redis. */
    @Test
    void anIntervalThatMissedTradesBeginsAnew() {
        Candle minute = stored("1m", NOON, 900, "20");
        Candle old = stored("5m", NOON - DAY, 100, "10");
        TestSymbol symbol = TestSymbol.takenOver(List.of(minute, old), "1m", "5m").tick(5 * MINUTE);
        assertThat(symbol.issued)
                .filteredOn(candle -> candle.interval().equals("5m"))
                .extracting(Candle::openTime, Candle::close)
                .containsExactly(tuple(NOON + 5 * MINUTE, minute.close()));
    }

    @Test
    void theCountsOfOlderCandlesAreKnownUpToAHole() {
        List<Candle> stored =
                List.of(
                        stored("1m", NOON - 5 * MINUTE, 100, "10"),
                        stored("1m", NOON - 3 * MINUTE, 200, "11"),
                        flat(NOON - 2 * MINUTE, 200, "11"),
                        stored("1m", NOON - MINUTE, 300, "12"),
                        stored("1m", NOON, 400, "13"),
                        // The history has the latest one too.
                        stored("1m", NOON, 400, "13"));
        TestSymbol symbol = TestSymbol.takenOver(stored, "1m");
        for (int minute = 5; minute >= 1; minute--) {
            symbol.trade(500 + minute, -minute * MINUTE + 7_000, "20").merge();
        }
        assertThat(symbol.late)
                .extracting(late -> (NOON - late.openTime()) / MINUTE, LateTrade::liveCount)
                .containsExactly(
                        tuple(5L, LateTrade.UNKNOWN),
                        tuple(4L, LateTrade.UNKNOWN),
                        tuple(3L, 1L),
                        tuple(2L, 0L),
                        tuple(1L, 1L));
        assertThat(symbol.late).allMatch(LateTrade::takenOver);
    }

    @Test
    void whatIsFormedAfterItIsNotTakenOver() {
        TestSymbol symbol = TestSymbol.takenOver(List.of(stored("1m", NOON, 400, "13")), "1m");
        symbol.trade(401, 30_000, "14").trade(402, 20 * MINUTE, "15").merge();
        symbol.trade(403, 40_000, "16").merge();
        assertThat(symbol.late)
                .extracting(LateTrade::openTime, LateTrade::liveCount, LateTrade::takenOver)
                .containsExactly(tuple(NOON, 2L, false));
    }

    private static Candle flat(long time, long id, String price) {
        return stored("1m", time, id, price)
                .with(Ohlcv.flat(new BigDecimal(price), new TradeRef(time - MINUTE, id)));
    }

    /** Of one trade, at its open time. */
    private static Candle stored(String interval, long time, long id, String price) {
        return CandleBuilder.candle("A", interval, time)
                .first(time, id)
                .last(time, id)
                .price(price)
                .closed(false)
                .build();
    }
}
