package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import io.kline.testing.Await;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Trades;
import io.kline.tools.local.LocalCluster;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Trades of the last hours, out of order, some twice, some hours late, and crashes at any moment:
 * before the first checkpoint, between checkpoints, before and after a savepoint from which the job
 * comes back with another parallelism. New symbols appear all the time. The independent checker
 * finds nothing, and the corrections are in the ledger.
 */
class KilledJobsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration NEVER = Duration.ofDays(10);
    private static final long HOUR = 3_600_000;
    private static final int PARTS = 6;

    @TempDir Path folder;

    private final Random random = new Random(20261125);

    @Test
    void theCheckerFindsNothing() throws Exception {
        List<List<Trade>> parts = parts();
        try (RunningJobs jobs = RunningJobs.none(RunningJobs.Stores.shared(), folder)) {
            try (var redis = jobs.redis()) {
                redis.flushAll();
            }
            jobs.startHistory();
            jobs.startLive(2, NEVER);
            feed(jobs, parts, 0);
            jobs.cluster.crash();
            Await.until(PATIENCE, () -> assertThat(jobs.restarts(jobs.live)).isPositive());

            feed(jobs, parts, 1);
            jobs.cluster.stop(jobs.live);
            Path old = jobs.copyOfState();
            jobs.startLive(3);
            for (int part = 2; part < PARTS - 1; part++) {
                jobs.awaitCheckpoint(jobs.live);
                feed(jobs, parts, part);
                jobs.cluster.crash();
            }

            // A second job beside the first, from an old savepoint, over stores that are further.
            LocalCluster.Job second = jobs.startLiveFrom(old, 2);
            feed(jobs, parts, PARTS - 1);
            RunningJobs.CheckerResult result = jobs.check(PATIENCE);
            assertThat(result.code()).as(result.printed()).isZero();
            assertThat(result.printed()).contains(2 * PARTS + " symbols × 15 intervals");
            jobs.cluster.stop(jobs.live);
            jobs.awaitCheckpoint(second);
            RunningJobs.CheckerResult again = jobs.check(PATIENCE);
            assertThat(again.code()).as(again.printed()).isZero();
        }
    }

    /** Sends a part and waits until the job is in the middle of it. */
    private static void feed(RunningJobs jobs, List<List<Trade>> parts, int part) throws Exception {
        for (Trade trade : parts.get(part)) {
            jobs.send(trade.symbol(), List.of(RecordedTrades.event(trade)));
        }
        Await.until(PATIENCE, () -> assertThat(jobs.latest("EAGER" + part, "1M")).isNotNull());
    }

    /** Each with two symbols of its own, and trades of all the symbols before. */
    private List<List<Trade>> parts() {
        long begin = System.currentTimeMillis() - 5 * HOUR;
        List<List<Trade>> parts = new ArrayList<>();
        List<String> symbols = new ArrayList<>();
        long[] next = new long[2 * PARTS];
        for (int part = 0; part < PARTS; part++) {
            symbols.add("EAGER" + part);
            symbols.add("TARDY" + part);
            List<Trade> trades = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                int symbol = random.nextInt(symbols.size());
                long time = begin + part * HOUR / 2 + random.nextLong(HOUR / 2);
                next[symbol] += 1 + random.nextInt(3);
                trades.add(Trades.some(random, symbols.get(symbol), next[symbol], time));
            }
            parts.add(inSomeOrder(trades));
        }
        return parts;
    }

    /** By time, but for one in ten that is late by up to two hours, and one in ten comes twice. */
    private List<Trade> inSomeOrder(List<Trade> trades) {
        List<long[]> arrivals = new ArrayList<>();
        for (int i = 0; i < trades.size(); i++) {
            boolean isLate = random.nextInt(10) == 0 || trades.get(i).symbol().startsWith("TARDY");
            long delay = random.nextLong(isLate ? 2 * HOUR : 3_000);
            arrivals.add(new long[] {trades.get(i).time() + delay, i});
            if (random.nextInt(10) == 0) {
                arrivals.add(new long[] {trades.get(i).time() + random.nextLong(HOUR), i});
            }
        }
        arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
        return arrivals.stream().map(arrival -> trades.get((int) arrival[1])).toList();
    }
}
