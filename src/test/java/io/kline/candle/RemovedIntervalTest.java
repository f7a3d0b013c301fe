package io.kline.candle;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kline.model.Candle;
import io.kline.model.CandleKey;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A removed interval ends with its current candle, whole. */
class RemovedIntervalTest {

    private static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;
    private static final Rules BOTH = rules("1m", "1h");
    private static final Rules HOUR = rules("1h");

    private final Map<CandleKey, Candle> store = new HashMap<>();
    private final List<LateTrade> late = new ArrayList<>();
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
                public void late(LateTrade trade) {
                    late.add(trade);
                }
            };

    @Test
    void theFlatCandlesThatWaitAreIssued() {
        SymbolCandles candles = new SymbolCandles("A", BOTH);
        candles.offer(trade("A", 1, NOON, "10"), BOTH);
        candles.merge(0, 0, BOTH, out);
        candles.tick(NOON + 30 * MINUTE, 0, BOTH, out);
        candles.tick(NOON + 31 * MINUTE, 0, HOUR, out);
        fill(candles, HOUR);
        assertThat(minutes()).hasSize(31).allMatch(Candle::closed);
        candles.tick(NOON + 32 * MINUTE, 0, HOUR, out);
        assertThat(candles.series()).hasSize(1);
    }

    /** While it was away its next candle began. */
    @Test
    void aCandleThatMissedATradeIsNotMade() {
        SymbolCandles candles = new SymbolCandles("A", BOTH);
        candles.offer(trade("A", 1, NOON, "10"), BOTH);
        candles.merge(0, 0, BOTH, out);
        candles.offer(trade("A", 2, NOON + MINUTE, "11"), HOUR);
        candles.merge(0, 0, HOUR, out);
        candles.offer(trade("A", 3, NOON + MINUTE + 1, "12"), BOTH);
        candles.offer(trade("A", 4, NOON + 1, "13"), BOTH);
        candles.tick(NOON + 3 * MINUTE, 0, BOTH, out);
        fill(candles, BOTH);
        assertThat(minutes())
                .extracting(Candle::openTime, Candle::count, Candle::lastId)
                .containsExactlyInAnyOrder(
                        tuple(NOON, 2L, 4L),
                        tuple(NOON + 2 * MINUTE, 0L, 3L),
                        tuple(NOON + 3 * MINUTE, 0L, 3L));
        assertThat(candles.series()).hasSize(2);
    }

    @Test
    void aLateTradeMakesNoCandleBehindItsLast() {
        SymbolCandles candles = new SymbolCandles("A", BOTH);
        candles.offer(trade("A", 1, NOON, "10"), BOTH);
        candles.merge(0, 0, BOTH, out);
        candles.offer(trade("A", 3, NOON + 30 * MINUTE, "11"), HOUR);
        candles.offer(trade("A", 2, NOON + 5 * MINUTE, "12"), HOUR);
        candles.merge(0, 0, HOUR, out);
        assertThat(late).isEmpty();
    }

    private void fill(SymbolCandles candles, Rules rules) {
        while (candles.nextFill() != Long.MAX_VALUE) {
            candles.fill(candles.nextFill(), 100, rules, out);
        }
    }

    private List<Candle> minutes() {
        return store.values().stream().filter(candle -> candle.interval().equals("1m")).toList();
    }

    private static Rules rules(String... codes) {
        List<Interval> intervals =
                List.of(codes).stream().map(code -> Interval.parse(code, ZoneOffset.UTC)).toList();
        return new Rules(intervals, 10 * MINUTE, 30 * 86_400_000L);
    }
}
