package io.kline.sink.redis;

import static io.kline.sink.redis.Candles.candle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.Candle;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class CandleSerializerTest {

    private final CandleSerializer serializer = new CandleSerializer();

    @Test
    void candleComesBackAsItWas() throws IOException {
        Candle candle = candle(1, 3, Long.MAX_VALUE, Long.MAX_VALUE - 1, true);

        assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(candle)))
                .isEqualTo(candle);
    }

    @Test
    void otherStateIsRefused() {
        byte[] state = serializer.serialize(candle(1, 1));

        assertThatThrownBy(() -> serializer.deserialize(2, state))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("version");
        assertThatThrownBy(() -> serializer.deserialize(1, new byte[] {'{'}))
                .isInstanceOf(IOException.class);
    }
}
