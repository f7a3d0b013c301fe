package io.kline.tools.check;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker agrees with the jobs about every candle of all intervals. */
class CheckJobsITCase {

    @TempDir private Path folder;

    @Test
    void theJobsMakeWhatTheCheckerExpects() throws Exception {
        try (RunningJobs jobs =
                RunningJobs.start(
                        RunningJobs.Stores.shared(),
                        folder,
                        "--kline.ticks",
                        "off",
                        "--kline.zone-offset",
                        "+05:30")) {
            try (var redis = jobs.redis()) {
                redis.flushAll();
            }
            for (String symbol : List.of("AUSDT", "BUSDT", "CUSDT")) {
                jobs.send(symbol, trades(symbol).stream().map(RecordedTrades::event).toList());
            }
            RunningJobs.CheckerResult result = jobs.check(Duration.ofSeconds(60));
            assertThat(result.code()).as(result.printed()).isZero();
            assertThat(result.printed())
                    .contains("3 symbols × 15 intervals", "900 distinct trades");
        }
    }

    /** Over two days and the end of a month, less than a second out of order, with gaps. */
    private static List<Trade> trades(String symbol) {
        Random random = new Random(symbol.hashCode());
        List<Trade> trades = new ArrayList<>();
        long time = at("2025-02-27T10:39:30Z");
        for (int id = 0; id < 300; id++) {
            time += random.nextInt(10) == 0 ? random.nextInt(9_000_000) : random.nextInt(60_000);
            trades.add(
                    trade(
                            symbol,
                            id,
                            Instant.ofEpochMilli(time - random.nextInt(900)).toString(),
                            "1.00000000" + (100 + random.nextInt(900)),
                            "0.30000000000" + (1 + random.nextInt(9)),
                            random.nextBoolean()));
        }
        return trades;
    }
}
