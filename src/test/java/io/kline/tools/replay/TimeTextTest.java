package io.kline.tools.replay;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TimeTextTest {

    private static final ZoneOffset OFFSET = ZoneOffset.ofHours(8);

    @Test
    void timesInTheZoneOfTheCandles() {
        assertThat(parse("2026-03-01")).isEqualTo(at("2026-02-28T16:00:00Z"));
        assertThat(parse("2026-03-01T12:30")).isEqualTo(at("2026-03-01T04:30:00Z"));
    }

    @Test
    void timesThatNameTheirs() {
        assertThat(parse("2026-03-01T12:30:00Z")).isEqualTo(at("2026-03-01T12:30:00Z"));
        assertThat(parse("2026-03-01T12:30:00+02:00")).isEqualTo(at("2026-03-01T10:30:00Z"));
        assertThat(parse("1740787200000")).isEqualTo(1_740_787_200_000L);
    }

    @Test
    void otherTextIsRefusedWithTheOption() {
        for (String text : new String[] {"", "yesterday", "2026-13-01", "2026-03-01 12:30"}) {
            assertThatThrownBy(() -> parse(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("--from")
                    .hasMessageContaining("2026-03-01T12:30:00Z");
        }
    }

    private static long parse(String text) {
        return TimeText.parse("--from", text, OFFSET);
    }
}
