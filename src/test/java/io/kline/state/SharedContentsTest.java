package io.kline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Ohlcv;
import io.kline.model.TradeRef;
import java.io.IOException;
import java.math.BigDecimal;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class SharedContentsTest {

    @Test
    void equalContentsInARowAreOneObject() throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        for (String price : new String[] {"1.50", "1.50", "1.5", "1.50"}) {
            OhlcvFields.write(Ohlcv.flat(new BigDecimal(price), new TradeRef(7, 3)), out);
        }
        DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
        SharedContents shared = new SharedContents();
        Ohlcv first = shared.read(in);
        assertThat(shared.read(in)).isSameAs(first);
        assertThat(shared.read(in).close()).isEqualTo(new BigDecimal("1.5"));
        assertThat(shared.read(in)).isEqualTo(first);
        assertThat(in.available()).isZero();
    }
}
