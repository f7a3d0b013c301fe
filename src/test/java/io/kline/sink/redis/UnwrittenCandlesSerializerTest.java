package io.kline.sink.redis;

import static io.kline.testing.Candles.BTC;
import static io.kline.testing.Candles.ETH;
import static io.kline.testing.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import io.kline.store.KlineJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnwrittenCandlesSerializerTest {

    private final UnwrittenCandlesSerializer serializer = new UnwrittenCandlesSerializer();

    @Test
    void candlesComeBackAsTheyWere() throws IOException {
        List<Candle> candles =
                List.of(
                        candle(1, 3, Long.MAX_VALUE, Long.MAX_VALUE - 1, true),
                        candle(2, 0),
                        candle(BTC, "1h", 0, 9));
        PendingCandles pending = new PendingCandles(10, 10);
        candles.forEach(pending::add);
        pending.add(candle(ETH, "1m", 1, 1));

        List<UnwrittenCandles> elements = pending.snapshot();

        assertThat(elements).hasSize(2);
        assertThat(copy(elements.get(0)).candles()).containsExactlyInAnyOrderElementsOf(candles);
        assertThat(copy(elements.get(1)).candles()).containsExactly(candle(ETH, "1m", 1, 1));
    }

    @Test
    void singleCandleOfTheVersionBeforeIsRead() throws IOException {
        byte[] json = KlineJson.write(candle(1, 1)).getBytes(StandardCharsets.UTF_8);

        assertThat(serializer.deserialize(1, json).candles()).containsExactly(candle(1, 1));
    }

    @Test
    void otherStateIsRefused() {
        PendingCandles pending = new PendingCandles(10, 10);
        pending.add(candle(1, 1));
        byte[] state = serializer.serialize(pending.snapshot().get(0));

        assertThatThrownBy(() -> serializer.deserialize(3, state))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version");
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[] {'{'}))
                .isInstanceOf(IOException.class);
        for (int length = 0; length < state.length; length++) {
            byte[] part = Arrays.copyOf(state, length);
            if (length == BTC.length() + 1) {
                continue; // The symbol alone: no candles.
            }
            assertThatThrownBy(() -> serializer.deserialize(2, part))
                    .isInstanceOf(IOException.class);
        }
    }

    private UnwrittenCandles copy(UnwrittenCandles unwritten) throws IOException {
        return serializer.deserialize(serializer.getVersion(), serializer.serialize(unwritten));
    }
}
