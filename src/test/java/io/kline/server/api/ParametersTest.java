package io.kline.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Interval;
import io.kline.query.Range;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ParametersTest {

    @Test
    void timesOfSixteenDigitsAreMicroseconds() {
        assertThat(range("1767225600000000", "1767225659999999"))
                .isEqualTo(new Range(1_767_225_600_000L, 1_767_225_659_999L, 1));
    }

    /** The end of the year 9999. */
    @Test
    void thoseOfFifteenAreNot() {
        assertThat(range("100000000000000", "253402300799999"))
                .isEqualTo(new Range(100_000_000_000_000L, 253_402_300_799_999L, 1));
    }

    @Test
    void aRangeInMicrosecondsHoldsNothingBeyondIt() {
        assertThat(range("1767225600000001", "1767225600001999"))
                .isEqualTo(new Range(1_767_225_600_001L, 1_767_225_600_001L, 1));
        assertThat(range("9223372036854775807", "9223372036854775807"))
                .isEqualTo(new Range(9_223_372_036_854_776L, 9_223_372_036_854_775L, 1));
    }

    private static Range range(String start, String end) {
        return Parameters.of(
                        Map.of("startTime", List.of(start), "endTime", List.of(end)),
                        Set.of("startTime", "endTime"),
                        new Intervals(List.of(Interval.parse("1m", ZoneOffset.UTC))))
                .range(1, 1);
    }
}
