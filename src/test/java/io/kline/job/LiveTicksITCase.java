package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Trade;
import io.kline.testing.Await;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live: a trade shows at once, and a quiet symbol gets its next candle at the boundary. */
class LiveTicksITCase {

    private static final String SYMBOL = "LIVETICKS";
    private static final Duration A_MINUTE = Duration.ofSeconds(70);

    @TempDir Path folder;

    @Test
    void aQuietSymbolGetsAFlatCandleAtTheBoundary() throws Exception {
        try (RunningJobs jobs = RunningJobs.start(RunningJobs.Stores.shared(), folder)) {
            long now = System.currentTimeMillis();
            Trade trade = new Trade(SYMBOL, 1, 1, BigDecimal.TEN, BigDecimal.ONE, now, false);
            jobs.send(SYMBOL, List.of(RecordedTrades.event(trade)));
            Await.until(A_MINUTE, () -> assertThat(jobs.latest(SYMBOL, "1m")).isNotNull());
            long open = now - now % 60_000;
            Await.until(
                    A_MINUTE,
                    () ->
                            assertThat(jobs.latest(SYMBOL, "1m"))
                                    .extracting(Candle::openTime, Candle::count, Candle::closed)
                                    .containsExactly(open + 60_000, 0L, false));
            assertThat(jobs.latest(SYMBOL, "1m").close()).isEqualByComparingTo("10");
            Candle closed = jobs.recent(SYMBOL, "1m").get(0);
            assertThat(closed)
                    .extracting(Candle::openTime, Candle::count, Candle::closed)
                    .containsExactly(open, 1L, true);
            Await.until(
                    A_MINUTE, () -> assertThat(jobs.stored(SYMBOL, "1m")).containsExactly(closed));
            assertThat(jobs.latest(SYMBOL, "1M").count()).isEqualTo(1);
        }
    }
}
