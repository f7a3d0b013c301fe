package io.kline.live;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.candle.Rules;
import io.kline.model.Candle;
import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The job with an hour that may wait for a merge two seconds later. */
class RefreshedCandlesTest {

    private static final long NOON = at("2025-03-04T12:00:00Z");

    private static final LiveHarness.Settings SETTINGS =
            new LiveHarness.Settings(
                    new Rules(
                            Stream.of("1m", "1h")
                                    .map(code -> Interval.parse(code, ZoneOffset.UTC))
                                    .toList(),
                            600_000,
                            86_400_000,
                            List.of(0L, 2_000L)),
                    false);

    /** No later trade brings it: the grid does. */
    @Test
    void theLatestTradeComesWithinThePeriod() throws Exception {
        try (LiveHarness live = new LiveHarness(SETTINGS, null, NOON)) {
            firstTwoTrades(live);
            assertThat(counts(live, "1m")).containsExactly(1L, 2L);
            assertThat(counts(live, "1h")).containsExactly(1L);
            for (long now = NOON + 1_000; now < NOON + 2_000; now += 100) {
                live.wallClock(now);
            }
            assertThat(counts(live, "1h")).containsExactly(1L);
            live.wallClock(NOON + 2_700);
            assertThat(counts(live, "1h")).containsExactly(1L, 2L);
            live.wallClock(NOON + 60_000);
            assertThat(live.candles).hasSize(4);
        }
    }

    @Test
    void nothingWaitsBeyondACheckpoint() throws Exception {
        try (LiveHarness live = new LiveHarness(SETTINGS, null, NOON)) {
            firstTwoTrades(live);
            live.snapshot();
            assertThat(counts(live, "1h")).containsExactly(1L, 2L);
        }
    }

    @Test
    void nothingWaitsBeyondTheEndOfInput() throws Exception {
        try (LiveHarness live = new LiveHarness(SETTINGS, null, NOON)) {
            firstTwoTrades(live);
            live.endInput();
            assertThat(counts(live, "1h")).containsExactly(1L, 2L);
        }
    }

    private static void firstTwoTrades(LiveHarness live) throws Exception {
        live.trade(trade("A", 1, NOON + 10, "10"));
        live.wallClock(NOON + 400);
        live.trade(trade("A", 2, NOON + 410, "11"));
        live.wallClock(NOON + 800);
    }

    private static List<Long> counts(LiveHarness live, String interval) {
        return live.candles.stream()
                .filter(candle -> candle.interval().equals(interval))
                .map(Candle::count)
                .toList();
    }
}
