package io.kline.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kline.model.LateTrade;
import io.kline.testing.Trades;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The committer's state comes back as it was, or not at all. */
class LateTradesSerializerTest {

    private final LateTradesSerializer serializer = new LateTradesSerializer();
    private final LateTrades late =
            new LateTrades(
                    List.of(
                            late("1m", 1, "0.000000000000000001", true),
                            late("1M", 2, "12345678901234567890", false)));

    @Test
    void thereAndBack() throws IOException {
        byte[] bytes = serializer.serialize(late);
        assertThat(serializer.deserialize(serializer.getVersion(), bytes)).isEqualTo(late);
    }

    @Test
    void anotherVersionOrDamage() throws IOException {
        byte[] bytes = serializer.serialize(late);
        assertThatThrownBy(() -> serializer.deserialize(2, bytes)).isInstanceOf(IOException.class);
        bytes[10] = 'x';
        assertThatThrownBy(() -> serializer.deserialize(1, bytes)).isInstanceOf(IOException.class);
    }

    private static LateTrade late(String interval, long id, String price, boolean carried) {
        return new LateTrade(
                interval, 0, Trades.trade("A", id, "1970-01-01T00:00:01Z", price), carried);
    }
}
