package io.kline.tools.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LateArrivalsTest {

    @Test
    void aLateTradeIsThereWhenItsCandleCountsIt() {
        LateArrivals arrivals = new LateArrivals();
        LateArrivals.Minute minute = new LateArrivals.Minute("A", 60_000);
        arrivals.sent(minute, 61, 1_000);
        arrivals.sent(minute, 62, 2_000);
        arrivals.seen(minute, 60, 2_500);
        arrivals.seen(new LateArrivals.Minute("A", 0), 99, 2_500);
        assertThat(arrivals.left()).isEqualTo(2);
        arrivals.seen(minute, 61, 2_600);
        assertThat(arrivals.left()).isEqualTo(1);
        arrivals.seen(minute, 62, 5_000);
        assertThat(arrivals.left()).isZero();
        assertThat(arrivals.micros().getMinValue()).isBetween(1_599_000L, 1_601_000L);
        assertThat(arrivals.micros().getMaxValue()).isBetween(2_999_000L, 3_003_000L);
    }

    @Test
    void everyMinuteIsMidnightSomewhere() {
        Instant first = Instant.parse("2026-11-28T00:00:00Z");
        for (int minute = 0; minute < 1_440; minute++) {
            Instant moment = first.plusSeconds(60L * minute);
            ZoneOffset zone = MidnightRun.zone(moment.toEpochMilli());
            assertThat(OffsetDateTime.ofInstant(moment, zone).toLocalTime())
                    .as("%s in %s", moment, zone)
                    .isEqualTo("00:00");
        }
    }
}
