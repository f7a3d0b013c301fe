package io.kline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {

    @ParameterizedTest
    @CsvSource({
        "333ms, PT0.333S",
        "10min, PT10M",
        "' 100 MS ', PT0.1S",
        "5, PT0.005S",
        "0s, PT0S",
        "7300d, P7300D",
        "2h, PT2H",
        "3m, PT3M",
        "1us, PT0.000001S",
    })
    void readsANumberAndAUnit(String text, String duration) {
        assertThat(DurationText.parse(text)).isEqualTo(Duration.parse(duration));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "-1s",
                "1.5s",
                "1w",
                "s",
                "1 s s",
                "999999999999999999d",
                "99999999999999999999s"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> DurationText.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(text);
    }
}
