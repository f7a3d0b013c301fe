package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.sink.redis.PendingCandles.Added;
import io.kline.store.redis.ChangedCandles;
import io.kline.testing.Candles;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingCandlesTest {

    private final PendingCandles pending = new PendingCandles(2, 1);

    @Test
    void highestVersionIsKeptInAnyOrder() {
        assertThat(pending.add(candle(1, 5))).isEqualTo(Added.NEW);
        assertThat(pending.add(candle(1, 4))).isEqualTo(Added.COALESCED);
        assertThat(pending.add(candle(1, 6))).isEqualTo(Added.COALESCED);

        assertThat(pending.size()).isEqualTo(1);
        assertThat(all()).containsExactly(candle(1, 6));
    }

    @Test
    void newestOfAnIntervalAreKeptInAnyOrder() {
        pending.add(candle(2, 1));
        pending.add(candle(3, 1));

        assertThat(pending.add(candle(1, 1))).isEqualTo(Added.TRIMMED);
        assertThat(pending.add(candle(4, 1))).isEqualTo(Added.TRIMMED);

        assertThat(pending.size()).isEqualTo(2);
        assertThat(all()).containsExactly(candle(3, 1), candle(4, 1));
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
    void whatTradedGoesBeforeThoseThatOnlyCrossABoundary() {
        PendingCandles pending = new PendingCandles(10, 100);
        for (int symbol = 0; symbol < 100; symbol++) {
            pending.add(Candles.candle("QUIET" + symbol, "1m", 1, 0));
        }
        for (int symbol = 0; symbol < 10; symbol++) {
            pending.add(Candles.candle("BUSY" + symbol, "1m", 1, 1));
        }
        assertThat(pending.take(8, 8))
                .extracting(ChangedCandles::symbol)
                .containsExactly(
                        "BUSY0", "BUSY1", "BUSY2", "BUSY3", "BUSY4", "BUSY5", "QUIET0", "QUIET1");
        assertThat(pending.take(8, 8))
                .extracting(ChangedCandles::symbol)
                .containsExactly(
                        "BUSY6", "BUSY7", "BUSY8", "BUSY9", "QUIET2", "QUIET3", "QUIET4", "QUIET5");
    }

    @Test
    void whatTradedBeforeGoesBeforeSymbolsThatAreBeingListed() {
        PendingCandles pending = new PendingCandles(10, 100);
        pending.add(Candles.candle("KNOWN0", "1m", 1, 1));
        pending.add(Candles.candle("KNOWN1", "1m", 1, 1));
        pending.take(8, 8);
        for (int symbol = 0; symbol < 100; symbol++) {
            pending.add(Candles.candle("LISTED" + symbol, "1m", 1, 1));
        }
        pending.add(Candles.candle("KNOWN0", "1m", 1, 2));
        PendingCandles resting = new PendingCandles(10, 100);
        resting.add(Candles.candle("KNOWN1", "1m", 1, 2));
        pending.addAll(resting);

        assertThat(pending.take(8, 8))
                .extracting(ChangedCandles::symbol)
                .containsExactly(
                        "KNOWN0", "KNOWN1", "LISTED0", "LISTED1", "LISTED2", "LISTED3", "LISTED4",
                        "LISTED5");
    }

    @Test
    void restOfASymbolWaitsBehindTheOthers() {
        for (String symbol : List.of(BTC, ETH, "XRPBTC")) {
            pending.add(candle(symbol, "1m", 0, 1));
        }
        pending.take(3, 1);
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

    @Test
    void theIntervalsOfASymbolGoTogether() {
        PendingCandles pending = new PendingCandles(10, 7);
        for (int symbol = 0; symbol < 5; symbol++) {
            for (String interval : List.of("1m", "3m", "5m")) {
                pending.add(Candles.candle("S" + symbol, interval, 0, 1));
            }
        }
        assertThat(pending.take(10, 256)).hasSize(3).allMatch(one -> one.candles().size() == 3);
        assertThat(pending.take(10, 256)).hasSize(2).allMatch(one -> one.candles().size() == 3);
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void sumsAreThoseOfWhatIsThere() {
        long empty = pending.bytes();
        pending.add(candle(1, 1));
        long one = pending.bytes();
        pending.add(candle(2, 1));
        long two = pending.bytes();
        pending.add(candle(2, 2));

        assertThat(empty).isZero();
        assertThat(one).isGreaterThan(WaitingSeries.LOOSE_BYTES);
        assertThat(two - one).isBetween(60L, 150L);
        assertThat(pending.bytes()).isEqualTo(two);

        pending.snapshot();
        assertThat(pending.bytes()).isLessThan(one);
        assertThat(all()).containsExactly(candle(1, 1), candle(2, 2));
        assertThat(pending.bytes()).isZero();
    }

    @Test
    void symbolIsTakenOverWithAllThatWaits() {
        PendingCandles other = new PendingCandles(2, 0);
        other.add(candle(1, 5));
        other.add(candle(2, 1));
        other.add(candle(BTC, "1h", 0, 7));
        other.add(candle(ETH, "1m", 1, 1));
        pending.add(candle(2, 2));
        pending.add(candle(3, 1));

        pending.addAll(BTC, other);

        assertThat(pending.size()).isEqualTo(3);
        assertThat(all())
                .containsExactlyInAnyOrder(candle(2, 2), candle(3, 1), candle(BTC, "1h", 0, 7));
        assertThat(pending.bytes()).isZero();
        assertThat(other.size()).isEqualTo(1);
        pending.addAll(other);
        assertThat(all()).containsExactly(candle(ETH, "1m", 1, 1));
        assertThat(other.isEmpty()).isTrue();
        assertThat(other.bytes()).isZero();
    }

    private List<Candle> all() {
        return pending.take(1_000, 1_000).stream()
                .flatMap(changed -> changed.candles().stream())
                .toList();
    }
}
