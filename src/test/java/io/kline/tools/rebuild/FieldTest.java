package io.kline.tools.rebuild;

import static io.kline.testing.CandleBuilder.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.OneFieldChanged;
import org.junit.jupiter.api.Test;

class FieldTest {

    /** A revision is what a rebuild raises, so the two sides never have the same. */
    @Test
    void allIsComparedButWhatSaysWhichCandleItIsAndWhatTradesDoNotDecide() {
        Candle candle = candle("AB", "1m", 60_000).build();
        assertThat(OneFieldChanged.of(candle).entrySet())
                .filteredOn(changed -> Field.differences(changed.getValue(), candle, 0).isEmpty())
                .extracting(changed -> changed.getKey())
                .containsExactlyInAnyOrder(
                        "key.symbol",
                        "key.interval",
                        "key.openTime",
                        "closed",
                        "revision",
                        "ohlcv.first.time");
    }
}
