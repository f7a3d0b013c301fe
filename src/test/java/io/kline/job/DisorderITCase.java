package io.kline.job;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 36 hours of real trades with gaps in their ids, shuffled within 30 s, a part of them delivered
 * twice, while the live job is killed again and again and comes back with another parallelism.
 */
class DisorderITCase {

    private static final String FILE = "binance-spot-ltcusdt-aggtrades.csv";
    private static final String SYMBOL = "LTCUSDT";
    private static final long SEED = 20250621;
    private static final int SHUFFLE = 30_000;
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir Path folder;

    @Test
    void equalsTheNaiveTwinInBothStores() throws Exception {
        List<Trade> trades = RecordedTrades.trades(FILE);
        List<String> feed = disordered(trades);
        try (RunningJobs jobs =
                RunningJobs.start(RunningJobs.Stores.shared(), folder, "--kline.ticks", "off")) {
            int parts = 5;
            for (int part = 0; part < parts; part++) {
                int from = feed.size() * part / parts;
                int to = feed.size() * (part + 1) / parts;
                jobs.send(SYMBOL, feed.subList(from, to));
                if (part < parts - 1) {
                    jobs.awaitCheckpoint(jobs.live);
                    jobs.cluster.cancel(jobs.live);
                    jobs.startLive(1 + part % 3);
                }
            }
            long end = trades.get(trades.size() - 1).time();
            long clock = end - jobs.options.kline.outOfOrderness.toMillis();
            for (Interval interval : jobs.options.kline.intervals()) {
                List<Candle> expected = NaiveCandles.of(trades, interval, end, clock);
                jobs.awaitStored(PATIENCE, SYMBOL, interval.code(), expected);
            }
            long duplicates = feed.size() - trades.size();
            jobs.awaitMetric(jobs.live, "recordsIn", feed.size());
            jobs.awaitMetric(jobs.live, "accepted", trades.size());
            jobs.awaitMetric(jobs.live, "duplicates", duplicates);
        }
    }

    private static List<String> disordered(List<Trade> trades) {
        Random random = new Random(SEED);
        List<long[]> arrivals = new ArrayList<>();
        for (int i = 0; i < trades.size(); i++) {
            long time = trades.get(i).time();
            arrivals.add(new long[] {time + random.nextInt(SHUFFLE), i});
            if (random.nextInt(20) == 0) {
                arrivals.add(new long[] {time + random.nextInt(10 * SHUFFLE), i});
            }
        }
        arrivals.sort(Comparator.comparingLong(arrival -> arrival[0]));
        return arrivals.stream()
                .map(arrival -> RecordedTrades.event(trades.get((int) arrival[1])))
                .toList();
    }
}
