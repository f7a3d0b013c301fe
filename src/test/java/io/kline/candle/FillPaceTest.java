package io.kline.candle;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillPaceTest {

    private static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;
    private static final Rules RULES =
            new Rules(
                    List.of(Interval.parse("1m", ZoneOffset.UTC)),
                    10 * 86_400_000L,
                    30 * 86_400_000L);

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

    /** As after a pause: one tick opens the row at once, then the trades before it are read. */
    @Test
    void aRowThatWasOpenedAtOnceIsPaced() {
        SymbolCandles candles = new SymbolCandles("A", RULES);
        long now = 1;
        candles.offer(trade("A", 1, NOON, "10"), RULES);
        candles.tick(NOON + 1_000 * MINUTE, now, RULES, out);
        candles.fill(now, 2_000, RULES, out);
        assertThat(candles.nextFill()).isEqualTo(Long.MAX_VALUE);
        issued.clear();
        for (int i = 0; i < 200; i++) {
            now += 333;
            candles.offer(trade("A", 2 + i, NOON + 1 + i * 100, "11"), RULES);
            candles.merge(0, now, RULES, out);
            if (candles.nextFill() <= now) {
                candles.fill(now, 2_000, RULES, out);
            }
        }
        assertThat(issued).hasSizeLessThan(10_000);
    }

    /** The end of the input comes in the middle of a round, and behind it a short row changes. */
    @Test
    void aRoundBehindTheLastOneIsNotForgotten() {
        SymbolCandles candles = new SymbolCandles("A", RULES);
        candles.offer(trade("A", 1, NOON, "10"), RULES);
        candles.offer(trade("A", 2, NOON + 4 * MINUTE, "20"), RULES);
        candles.tick(NOON + 1_000 * MINUTE, 1, RULES, out);
        candles.fill(1, 100, RULES, out);
        candles.offer(trade("A", 3, NOON + 1, "11"), RULES);
        candles.merge(0, 1, RULES, out);
        while (candles.nextFill() != Long.MAX_VALUE) {
            candles.fill(Long.MAX_VALUE, 100, RULES, out);
        }
        assertThat(issued)
                .filteredOn(candle -> candle.openTime() == NOON + MINUTE)
                .last()
                .extracting(Candle::lastId)
                .isEqualTo(3L);
    }
}
