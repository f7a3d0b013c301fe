package io.kline.sink.redis;

import static io.kline.sink.redis.Candles.BTC;
import static io.kline.sink.redis.Candles.ETH;
import static io.kline.sink.redis.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.sink.redis.PendingCandles.Added;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCandlesTest {

    private final PendingCandles pending = new PendingCandles(2);

    @Test
    void highestVersionIsKeptInAnyOrder() {
        assertThat(pending.add(candle(1, 5))).isEqualTo(Added.NEW);
        assertThat(pending.add(candle(1, 4))).isEqualTo(Added.COALESCED);
        assertThat(pending.add(candle(1, 6))).isEqualTo(Added.COALESCED);

        assertThat(all()).containsExactly(candle(1, 6));
        assertThat(pending.size()).isEqualTo(1);
    }

    @Test
    void newestOfAnIntervalAreKeptInAnyOrder() {
        pending.add(candle(2, 1));
        pending.add(candle(3, 1));

        assertThat(pending.add(candle(1, 1))).isEqualTo(Added.TRIMMED);
        assertThat(pending.add(candle(4, 1))).isEqualTo(Added.TRIMMED);

        assertThat(all()).containsExactlyInAnyOrder(candle(3, 1), candle(4, 1));
        assertThat(pending.size()).isEqualTo(2);
    }

    @Test
    void symbolThatWaitsLongestGoesFirst() {
        pending.add(candle(1, 1));
        pending.add(candle(ETH, "1m", 1, 1));
        pending.add(candle(2, 1));

        assertThat(pending.take(3, 3))
                .containsExactly(
                        new ChangedCandles(BTC, List.of(candle(1, 1), candle(2, 1))),
                        new ChangedCandles(ETH, List.of(candle(ETH, "1m", 1, 1))));
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void restOfASymbolWaitsBehindTheOthers() {
        pending.add(candle(1, 1));
        pending.add(candle(2, 1));
        pending.add(candle(ETH, "1m", 1, 1));
        pending.add(candle("XRPBTC", "1m", 1, 1));

        assertThat(pending.take(2, 1)).extracting(ChangedCandles::symbol).containsExactly(BTC, ETH);
        assertThat(pending.size()).isEqualTo(2);
        assertThat(pending.take(5, 1))
                .extracting(ChangedCandles::symbol)
                .containsExactly("XRPBTC", BTC);
        assertThat(pending.isEmpty()).isTrue();
        assertThat(pending.take(5, 1)).isEmpty();
    }

    private List<Candle> all() {
        List<Candle> candles = new ArrayList<>();
        pending.forEach(candles::add);
        return candles;
    }

    @Test
    void theIntervalsOfASymbolGoTogether() {
        PendingCandles pending = new PendingCandles(10);
        for (int symbol = 0; symbol < 5; symbol++) {
            for (String interval : List.of("1m", "3m", "5m")) {
                pending.add(Candles.candle("S" + symbol, interval, 0, 1));
            }
        }
        assertThat(pending.take(10, 256)).hasSize(3).allMatch(one -> one.candles().size() == 3);
        assertThat(pending.take(10, 256)).hasSize(2).allMatch(one -> one.candles().size() == 3);
        assertThat(pending.isEmpty()).isTrue();
    }
}
