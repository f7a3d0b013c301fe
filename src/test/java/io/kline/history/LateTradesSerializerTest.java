package io.kline.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committer's state comes back as it was, or not at all. */
class LateTradesSerializerTest {

    private final LateTradesSerializer serializer = new LateTradesSerializer();
    private final LateTrades late =
            new LateTrades(
                    List.of(
                            late("1m", 1, "0.000000000000000001", true, 120_000, true, 7),
                            late("1M", 2, "12345678901234567890", false, 60_001, false, -1)));

    @Test
    void thereAndBack() throws IOException {
        byte[] bytes = serializer.serialize(late);
        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(late);
    }

    @Test
    void theFirstVersionKnewLess() throws IOException {
        byte[] event =
                """
                {"e":"lateTrade","E":1000,"s":"A","i":"1m","o":0,"t":2,"p":"5","q":"1","T":1000,\
                "m":false,"f":2,"l":2,"c":true}"""
                        .getBytes(UTF_8);
        byte[] bytes =
                ByteBuffer.allocate(8 + event.length)
                        .putInt(1)
                        .putInt(event.length)
                        .put(event)
                        .array();
        assertThat(serializer.deserialize(1, bytes).trades())
                .containsExactly(late("1m", 2, "5", true, Long.MAX_VALUE, true, LateTrade.UNKNOWN));
    }

    @Test
    void anotherVersionOrDamage() throws IOException {
        byte[] bytes = serializer.serialize(late);
        assertThatThrownBy(() -> serializer.deserialize(4, bytes)).isInstanceOf(IOException.class);
        bytes[10] = 'x';
        assertThatThrownBy(() -> serializer.deserialize(3, bytes)).isInstanceOf(IOException.class);
    }

    private static LateTrade late(
            String interval,
            long id,
            String price,
            boolean carried,
            long until,
            boolean opens,
            long liveCount) {
        return new LateTrade(
                interval,
                0,
                Trades.trade("A", id, "1970-01-01T00:00:01Z", price),
                carried,
                until,
                opens,
                liveCount,
                liveCount == 7);
    }
}
