package io.kline.tools.check;

import static io.kline.testing.Trades.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenTimesTest {

    @ParameterizedTest
    @CsvSource({
        "1m,  Z,      2025-03-04T23:59:59.999Z, 2025-03-04T23:59:00Z, 2025-03-04T23:59:59.999Z",
        "15m, Z,      2025-03-04T10:14:59.999Z, 2025-03-04T10:00:00Z, 2025-03-04T10:14:59.999Z",
        "4h,  Z,      2025-03-04T08:00:00Z,     2025-03-04T08:00:00Z, 2025-03-04T11:59:59.999Z",
        "4h,  +05:30, 2025-03-04T08:00:00Z,     2025-03-04T06:30:00Z, 2025-03-04T10:29:59.999Z",
        "1d,  +08:00, 2025-03-04T16:00:00Z,     2025-03-04T16:00:00Z, 2025-03-05T15:59:59.999Z",
        "1d,  -03:00, 2025-03-04T02:59:59.999Z, 2025-03-03T03:00:00Z, 2025-03-04T02:59:59.999Z",
        "3d,  Z,      1970-01-06T12:00:00Z,     1970-01-04T00:00:00Z, 1970-01-06T23:59:59.999Z",
        "3d,  Z,      2025-03-06T12:00:00Z,     2025-03-04T00:00:00Z, 2025-03-06T23:59:59.999Z",
        "1w,  Z,      2025-03-09T23:59:59.999Z, 2025-03-03T00:00:00Z, 2025-03-09T23:59:59.999Z",
        "1w,  Z,      2025-03-10T00:00:00Z,     2025-03-10T00:00:00Z, 2025-03-16T23:59:59.999Z",
        "1w,  +08:00, 2025-03-09T16:00:00Z,     2025-03-09T16:00:00Z, 2025-03-16T15:59:59.999Z",
        "2w,  Z,      1970-01-05T00:00:00Z,     1969-12-29T00:00:00Z, 1970-01-11T23:59:59.999Z",
        "1M,  Z,      2024-02-29T23:59:59.999Z, 2024-02-01T00:00:00Z, 2024-02-29T23:59:59.999Z",
        "1M,  -05:00, 2025-03-01T04:59:59.999Z, 2025-02-01T05:00:00Z, 2025-03-01T04:59:59.999Z",
        "3M,  Z,      2025-12-31T00:00:00Z,     2025-10-01T00:00:00Z, 2025-12-31T23:59:59.999Z"
    })
    void aCandleHoldsItsTime(String code, String zone, String time, String open, String close) {
        OpenTimes times = OpenTimes.of(code, ZoneOffset.of(zone));
        assertThat(Instant.ofEpochMilli(times.openOf(at(time)))).isEqualTo(open);
        assertThat(Instant.ofEpochMilli(times.closeOf(at(time)))).isEqualTo(close);
        assertThat(times.isOpen(at(open))).isTrue();
        assertThat(times.isOpen(at(open) + 1)).isFalse();
    }

    @Test
    void neighboursDifferByOne() {
        for (String code : "1m 3m 1h 12h 1d 3d 1w 1M".split(" ")) {
            OpenTimes times = OpenTimes.of(code, ZoneOffset.ofHours(9));
            long open = times.openOf(at("2024-12-31T20:00:00Z"));
            for (int i = 0; i < 100; i++) {
                long next = times.closeOf(open) + 1;
                assertThat(times.number(next)).isEqualTo(times.number(open) + 1);
                assertThat(times.open(times.number(next))).isEqualTo(next);
                open = next;
            }
        }
    }
}
