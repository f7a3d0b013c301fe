package io.kline.candle;

import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstCloseTest {

    private static final long NOON = Trades.at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;

    /** The watermark asks {@code nextClose} whom it has to close. */
    @Test
    void aCandleBeforeTheFirstOneIsTheNextToClose() {
        Rules rules =
                new Rules(
                        List.of(Interval.parse("1m", ZoneOffset.UTC)),
                        10 * MINUTE,
                        30 * 86_400_000L);
        CandleOutput out =
                new CandleOutput() {
                    @Override
                    public void candle(Candle candle) {}

                    @Override
                    public void again(Candle candle) {}

                    @Override
                    public void late(LateTrade trade) {}
                };
        SymbolCandles candles = new SymbolCandles("A", rules);
        candles.offer(trade("A", 2, NOON + 5 * MINUTE, "10"), rules);
        candles.merge(NOON, 0, rules, out);
        assertThat(candles.nextClose()).isEqualTo(NOON + 6 * MINUTE);
        candles.offer(trade("A", 1, NOON + 2 * MINUTE, "11"), rules);
        candles.merge(NOON, 0, rules, out);
        assertThat(candles.nextClose()).isEqualTo(NOON + 3 * MINUTE);
    }
}
