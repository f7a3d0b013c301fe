package io.kline.tools.check;

import static io.kline.testing.CandleBuilder.candle;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.testing.OneFieldChanged;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CandleFieldTest {

    /** The close time and whether it is closed are checked by the calendar. */
    @Test
    void allIsComparedButWhatSaysWhichCandleItIsAndWhatRedisLacks() {
        Candle candle = candle("AB", "1m", 60_000).build();
        assertThat(OneFieldChanged.of(candle).entrySet())
                .filteredOn(changed -> isUnseen(candle, changed.getValue()))
                .extracting(changed -> changed.getKey())
                .containsExactlyInAnyOrder(
                        "key.symbol",
                        "key.interval",
                        "key.openTime",
                        "closeTime",
                        "closed",
                        "ohlcv.first.time");
    }

    private static boolean isUnseen(Candle candle, Candle changed) {
        return Arrays.stream(CandleField.values())
                .allMatch(field -> field.of(candle).equals(field.of(changed)));
    }
}
