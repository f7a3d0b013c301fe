package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.store.redis.ChangedCandles;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutboxTest {

    private final Outbox outbox = new Outbox(1_000);

    @Test
    void snapshotHasWhatIsReadyInFlightAndResting() {
        outbox.add(candle(1, 1));
        outbox.rest(outbox.send().changed().get(0));
        outbox.landed();
        outbox.add(candle(ETH, "1m", 1, 1));
        outbox.send();
        outbox.add(candle(ETH, "1m", 2, 1));

        assertThat(snapshot())
                .containsExactlyInAnyOrder(
                        candle(1, 1), candle(ETH, "1m", 1, 1), candle(ETH, "1m", 2, 1));
        assertThat(outbox.size()).isEqualTo(3);
    }

    @Test
    void whatIsNotGivenBackIsAcknowledged() {
        outbox.add(candle(1, 1));
        outbox.announce(List.of(BTC));
        assertThat(outbox.send())
                .isEqualTo(
                        new Batch(
                                List.of(new ChangedCandles(BTC, List.of(candle(1, 1)))),
                                List.of(BTC)));
        assertThat(outbox.isEmpty()).isFalse();

        outbox.landed();

        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
        assertThat(snapshot()).isEmpty();
    }

    @Test
    void symbolRestsWithAllItsCandlesUntilItIsWoken() {
        outbox.add(candle(1, 1));
        ChangedCandles failed = outbox.send().changed().get(0);
        outbox.add(candle(1, 2));
        outbox.landed();
        outbox.rest(failed);
        outbox.add(candle(2, 1));
        assertThat(outbox.hasReady()).isFalse();
        assertThat(outbox.hasResting()).isTrue();

        outbox.wake();

        assertThat(outbox.hasResting()).isFalse();
        assertThat(outbox.send().changed())
                .containsExactly(new ChangedCandles(BTC, List.of(candle(1, 2), candle(2, 1))));
        outbox.add(candle(2, 2));
        assertThat(outbox.hasReady()).isTrue();
        assertThat(outbox.hasResting()).isFalse();
    }

    @Test
    void singleCandleRestsAlone() {
        outbox.rest(candle(1, 1));
        outbox.add(candle(BTC, "1h", 0, 1));

        assertThat(outbox.send().changed())
                .containsExactly(new ChangedCandles(BTC, List.of(candle(BTC, "1h", 0, 1))));
        assertThat(outbox.hasResting()).isTrue();
    }

    @Test
    void announcedSymbolsRestToo() {
        outbox.announce(List.of(BTC, ETH));
        List<String> symbols = outbox.send().newSymbols();
        outbox.landed();
        outbox.restAnnounced(symbols);
        assertThat(outbox.hasReady()).isFalse();
        assertThat(outbox.isEmpty()).isFalse();

        outbox.wake();

        assertThat(outbox.send().newSymbols()).containsExactly(BTC, ETH);
    }

    @Test
    void bytesAreThoseOfWhateverIsKeptWhere() {
        for (int minute = 0; minute < 195; minute++) {
            outbox.add(candle(minute, 1));
        }
        long ready = outbox.bytes();
        assertThat(ready).isBetween(95_000L, 105_000L);

        outbox.send();
        assertThat(outbox.bytes()).isBetween(ready / 2, 2 * ready);
        assertThat(outbox.size()).isEqualTo(195);
        outbox.rest(outbox.landed().changed().get(0));
        assertThat(outbox.bytes()).isLessThan(ready / 2);
        assertThat(outbox.size()).isEqualTo(195);
    }

    @Test
    void snapshotMakesRoomAndIsCheapTheNextTime() {
        for (int minute = 0; minute < 195; minute++) {
            outbox.add(candle(minute, 1));
        }
        List<Candle> first = snapshot();

        assertThat(outbox.bytes() / outbox.size()).isLessThan(120);
        assertThat(snapshot()).isEqualTo(first).hasSize(outbox.size());
    }

    private List<Candle> snapshot() {
        return outbox.snapshot().stream().flatMap(each -> each.candles().stream()).toList();
    }
}
