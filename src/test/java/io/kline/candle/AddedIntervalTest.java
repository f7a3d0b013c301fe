package io.kline.candle;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An added interval makes no candle of what it missed, but carries the last price of it. */
class AddedIntervalTest {

    private static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;
    private static final Rules BEFORE = rules("1m");
    private static final Rules AFTER = rules("1m", "5m");

    private final Map<CandleKey, Candle> store = new HashMap<>();
    private final CandleOutput out =
            new CandleOutput() {
                @Override
                public void candle(Candle candle) {
                    store.merge(candle.key(), candle, (old, more) -> Candle.newer(more, old));
                }

                @Override
                public void again(Candle candle) {
                    candle(candle);
                }

                @Override
                public void late(LateTrade trade) {}
            };

    @Test
    void theFirstFlatCandleCarriesATradeOfThePartialOne() {
        SymbolCandles candles = new SymbolCandles("A", BEFORE);
        candles.offer(trade("A", 1, NOON + 1_000, "10"), BEFORE);
        candles.merge(0, 0, BEFORE, out);
        candles.merge(0, 0, AFTER, out);
        candles.offer(trade("A", 2, NOON + 2 * MINUTE, "11"), AFTER);
        candles.tick(NOON + 5 * MINUTE, 0, AFTER, out);
        assertThat(first().close()).isEqualTo("11");
        assertThat(first().lastId()).isEqualTo(2);
    }

    @Test
    void alsoOneThatWaitedWhenTheIntervalWasAdded() {
        SymbolCandles candles = new SymbolCandles("A", BEFORE);
        candles.offer(trade("A", 1, NOON + 1_000, "10"), BEFORE);
        candles.merge(0, 0, BEFORE, out);
        candles.offer(trade("A", 2, NOON + 2 * MINUTE, "11"), BEFORE);
        candles.tick(NOON + 5 * MINUTE, 0, AFTER, out);
        assertThat(first().lastId()).isEqualTo(2);
    }

    @Test
    void alsoOneThatComesWhenTheFlatCandleIsThere() {
        SymbolCandles candles = new SymbolCandles("A", BEFORE);
        candles.offer(trade("A", 1, NOON + 1_000, "10"), BEFORE);
        candles.merge(0, 0, BEFORE, out);
        candles.tick(NOON + 6 * MINUTE, 0, AFTER, out);
        assertThat(first().lastId()).isEqualTo(1);
        candles.offer(trade("A", 2, NOON + 2 * MINUTE, "11"), AFTER);
        candles.merge(0, 0, AFTER, out);
        assertThat(first().lastId()).isEqualTo(2);
    }

    @Test
    void alsoOneThatComesTooLate() {
        SymbolCandles candles = new SymbolCandles("A", BEFORE);
        candles.offer(trade("A", 1, NOON + 1_000, "10"), BEFORE);
        candles.merge(0, 0, BEFORE, out);
        candles.tick(NOON + 6 * MINUTE, 0, AFTER, out);
        candles.offer(trade("A", 3, NOON + 30 * MINUTE, "12"), AFTER);
        candles.offer(trade("A", 2, NOON + 2 * MINUTE, "11"), AFTER);
        candles.merge(0, 0, AFTER, out);
        while (candles.nextFill() != Long.MAX_VALUE) {
            candles.fill(candles.nextFill(), 100, AFTER, out);
        }
        assertThat(first().lastId()).isEqualTo(2);
    }

    /**
     * It is late for the added interval alone, and its first candle is given up in the same merge.
     */
    @Test
    void alsoOneThatComesWithTheEndOfTheFirstCandle() {
        SymbolCandles candles = new SymbolCandles("A", BEFORE);
        candles.offer(trade("A", 1, NOON + 1_000, "10"), BEFORE);
        candles.merge(0, 0, BEFORE, out);
        candles.merge(0, 0, AFTER, out);
        candles.offer(trade("A", 2, NOON + 2 * MINUTE, "11"), AFTER);
        candles.offer(trade("A", 3, NOON + 10 * MINUTE, "12"), AFTER);
        candles.offer(trade("A", 4, NOON + 30 * MINUTE, "13"), AFTER);
        candles.offer(trade("A", 5, NOON + 3 * MINUTE, "14"), AFTER);
        candles.merge(0, 0, AFTER, out);
        while (candles.nextFill() != Long.MAX_VALUE) {
            candles.fill(candles.nextFill(), 100, AFTER, out);
        }
        assertThat(first().lastId()).isEqualTo(5);
    }

    private Candle first() {
        return store.get(new CandleKey("A", "5m", NOON + 5 * MINUTE));
    }

    private static Rules rules(String... codes) {
        List<Interval> intervals =
                List.of(codes).stream().map(code -> Interval.parse(code, ZoneOffset.UTC)).toList();
        return new Rules(intervals, 10 * MINUTE, 30 * 86_400_000L);
    }
}
