package io.kline.candle;

import static io.kline.candle.TestSymbol.DAY;
import static io.kline.candle.TestSymbol.MINUTE;
import static io.kline.candle.TestSymbol.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import io.kline.testing.CandleBuilder;
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
