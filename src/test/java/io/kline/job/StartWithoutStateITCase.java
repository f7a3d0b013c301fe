package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.redis.RedisKeys;
import io.kline.testing.Await;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Trades;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A live job that lost its state goes on from the candles that it left in the stores. */
class StartWithoutStateITCase {

    private static final String SYMBOL = "TAKEOVER";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test
    void candlesNeitherShrinkNorFreezeNorDouble() throws Exception {
        List<Trade> trades = trades();
        try (RunningJobs jobs =
                RunningJobs.start(RunningJobs.Stores.shared(), folder, "--kline.ticks", "off")) {
            int sent = 0;
            for (int end : List.of(150, 151, 400)) {
                List<String> events = new ArrayList<>();
                // What was sent before comes again, as it does when offsets were not committed.
                for (Trade trade : trades.subList(Math.max(0, sent - 40), end)) {
                    events.add(RecordedTrades.event(trade));
                }
                jobs.send(SYMBOL, events);
                sent = end;
                List<Trade> soFar = trades.subList(0, end);
                Await.until(PATIENCE, () -> assertLatest(jobs, soFar));
                if (end < trades.size()) {
                    jobs.cluster.cancel(jobs.live);
                    jobs.startLiveWithoutState();
                }
            }
            try (var redis = jobs.redis()) {
                String kept = RedisKeys.knownAt(jobs.live.id().toString()) + "*";
                Await.until(PATIENCE, () -> assertThat(redis.keys(kept)).isEmpty());
            }
            for (Interval interval : jobs.options.kline.intervals()) {
                List<Candle> expected = expected(trades, interval);
                jobs.awaitStored(PATIENCE, SYMBOL, interval.code(), expected);
            }
        }
    }

    private static void assertLatest(RunningJobs jobs, List<Trade> trades) {
        for (Interval interval : jobs.options.kline.intervals()) {
            List<Candle> expected = expected(trades, interval);
            assertThat(jobs.latest(SYMBOL, interval.code()))
                    .isEqualTo(expected.get(expected.size() - 1));
        }
    }

    private static List<Candle> expected(List<Trade> trades, Interval interval) {
        long end = trades.get(trades.size() - 1).time();
        return NaiveCandles.of(trades, interval, end, end - 1_000);
    }

    private static List<Trade> trades() {
        Random random = new Random(7);
        List<Trade> trades = new ArrayList<>();
        long time = 1_741_046_400_000L;
        for (int id = 0; id < 400; id++) {
            time += random.nextInt(random.nextInt(20) == 0 ? 300_000 : 8_000);
            trades.add(Trades.some(random, SYMBOL, id, time));
        }
        return trades;
    }
}
