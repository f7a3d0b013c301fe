package io.kline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    @ParameterizedTest
    @CsvSource({
        "1m,  2025-03-04T12:34:56.789Z, 2025-03-04T12:34:00Z, 2025-03-04T12:35:00Z",
        "1m,  2025-03-04T12:34:00Z,     2025-03-04T12:34:00Z, 2025-03-04T12:35:00Z",
        "10m, 2025-03-04T12:39:59.999Z, 2025-03-04T12:30:00Z, 2025-03-04T12:40:00Z",
        "4h,  2025-03-04T03:59:59.999Z, 2025-03-04T00:00:00Z, 2025-03-04T04:00:00Z",
        "1d,  2025-03-04T23:59:59.999Z, 2025-03-04T00:00:00Z, 2025-03-05T00:00:00Z",
        "3d,  1970-01-03T23:00:00Z,     1970-01-01T00:00:00Z, 1970-01-04T00:00:00Z",
        "1w,  2025-03-09T23:59:59.999Z, 2025-03-03T00:00:00Z, 2025-03-10T00:00:00Z",
        "1w,  1970-01-01T00:00:00Z,     1969-12-29T00:00:00Z, 1970-01-05T00:00:00Z",
        "1M,  2024-02-29T12:00:00Z,     2024-02-01T00:00:00Z, 2024-03-01T00:00:00Z",
        "1M,  2025-12-31T23:59:59.999Z, 2025-12-01T00:00:00Z, 2026-01-01T00:00:00Z",
        "3M,  2025-06-30T00:00:00Z,     2025-04-01T00:00:00Z, 2025-07-01T00:00:00Z"
    })
    void alignsToUtc(String code, String time, String open, String next) {
        Interval interval = Interval.parse(code, ZoneOffset.UTC);
        assertThat(Instant.ofEpochMilli(interval.openOf(ms(time)))).isEqualTo(open);
        assertThat(Instant.ofEpochMilli(interval.nextOpen(ms(open)))).isEqualTo(next);
        assertThat(interval.code()).isEqualTo(code);
    }

    @Test
    void alignsToTheZoneOffset() {
        ZoneOffset shanghai = ZoneOffset.ofHours(8);
        long time = ms("2025-03-31T16:00:00Z");
        assertThat(open("1d", shanghai, time)).isEqualTo("2025-04-01T00:00+08:00");
        assertThat(open("1M", shanghai, time)).isEqualTo("2025-04-01T00:00+08:00");
        assertThat(open("1M", shanghai, time - 1)).isEqualTo("2025-03-01T00:00+08:00");
        assertThat(open("1w", shanghai, time).getDayOfWeek()).isEqualTo(DayOfWeek.MONDAY);
        assertThat(open("4h", ZoneOffset.ofHoursMinutes(5, 30), time).getHour() % 4).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "m", "0m", "1", "1s", "-1m", "1mm", " 1m", "01m", "1.5h", "999999m"})
    void refusesWhatIsNoInterval(String code) {
        assertThatThrownBy(() -> Interval.parse(code, ZoneOffset.UTC))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + code + "'");
    }

    @Test
    void refusesOffsetsWithSeconds() {
        assertThatThrownBy(() -> Interval.parse("1m", ZoneOffset.ofTotalSeconds(30)))
                .hasMessageContaining("+00:00:30");
    }

    private static OffsetDateTime open(String code, ZoneOffset offset, long time) {
        return Instant.ofEpochMilli(Interval.parse(code, offset).openOf(time)).atOffset(offset);
    }

    private static long ms(String instant) {
        return Instant.parse(instant).toEpochMilli();
    }
}
