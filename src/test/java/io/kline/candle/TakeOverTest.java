package io.kline.candle;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakeOverTest {

    private static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;

    private final List<Candle> issued = new ArrayList<>();
    private final CandleOutput out =
            new CandleOutput() {
                @Override
                public void candle(Candle candle) {
                    issued.add(candle);
                }

                @Override
                public void again(Candle candle) {
                    issued.add(candle);
                }

                @Override
                public void late(LateTrade trade) {}
            };

    /** The interval was removed a day ago, and its candles are still in Redis. */
    @Test
    void anIntervalThatMissedTradesBeginsAnew() {
        Rules rules = rules("1m", "5m");
        Candle minute = stored("1m", trade("A", 900, NOON, "20"), false);
        Candle old = stored("5m", trade("A", 100, NOON - 86_400_000, "10"), false);
        SymbolCandles candles = new TakeOver("A", List.of(minute, old)).resume(rules, out);
        candles.tick(NOON + 5 * MINUTE, 0, rules, out);
        assertThat(issued)
                .filteredOn(candle -> candle.interval().equals("5m"))
                .extracting(Candle::openTime, Candle::close)
                .containsExactly(tuple(NOON + 5 * MINUTE, minute.close()));
    }

    private static Candle stored(String code, Trade trade, boolean closed) {
        Interval interval = Interval.parse(code, ZoneOffset.UTC);
        long open = interval.openOf(trade.time());
        return new Candle(
                new CandleKey("A", code, open),
                interval.nextOpen(open) - 1,
                Ohlcv.of(trade),
                closed);
    }

    private static Rules rules(String... codes) {
        List<Interval> intervals =
                List.of(codes).stream().map(code -> Interval.parse(code, ZoneOffset.UTC)).toList();
        return new Rules(intervals, 10 * MINUTE, 30 * 86_400_000L);
    }
}
