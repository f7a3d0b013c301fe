package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.testing.Await;
import io.kline.testing.Database;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Servers;
import io.kline.tools.stack.EmbeddedMariaDb;
import io.kline.tools.stack.EmbeddedRedis;
import io.kline.tools.stack.SqlFile;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that is away for a while stalls nothing, and afterwards everything is there. */
class OutageITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long START = 1_741_046_400_000L;
    private static final String SYMBOL = "OUTAGE";

    @TempDir Path folder;
    private final List<Trade> trades = new ArrayList<>();

    @Test
    void redisAndMysqlGoAndComeBack() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.temporary();
                EmbeddedMariaDb mysql = EmbeddedMariaDb.temporary()) {
            redis.start();
            mysql.start();
            String url = mysql.jdbcUrl(EmbeddedMariaDb.DATABASE);
            SqlFile.run(Path.of("sql/schema.sql"), url, EmbeddedMariaDb.ROOT, "");
            Database database = new Database(url, EmbeddedMariaDb.USER, EmbeddedMariaDb.PASSWORD);
            RunningJobs.Stores stores =
                    new RunningJobs.Stores(Servers.kafka().address(), redis.address(), database);
            try (RunningJobs jobs = RunningJobs.start(stores, folder, "--kline.ticks", "off")) {
                trade(jobs, 50);
                awaitLatest(jobs);
                awaitStored(jobs);

                redis.stop();
                trade(jobs, 50);
                awaitStored(jobs);
                assertThat(jobs.restarts(jobs.live)).isZero();
                redis.start();
                awaitLatest(jobs);

                mysql.stop();
                trade(jobs, 50);
                awaitLatest(jobs);
                Await.until(
                        PATIENCE,
                        "the history job gives up its writer",
                        () -> jobs.restarts(jobs.history) > 0);
                trade(jobs, 50);
                awaitLatest(jobs);
                mysql.start();
                awaitStored(jobs);

                assertThat(jobs.restarts(jobs.live)).isZero();
                for (Interval interval : jobs.options.kline.intervals()) {
                    List<Candle> expected = expected(interval);
                    assertThat(jobs.recent(SYMBOL, interval.code()))
                            .isEqualTo(expected.subList(0, expected.size() - 1));
                }
            }
        }
    }

    private void trade(RunningJobs jobs, int count) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = trades.size();
            Trade trade =
                    new Trade(
                            SYMBOL,
                            id,
                            id,
                            BigDecimal.valueOf(100 + id % 7),
                            BigDecimal.valueOf(1 + id % 3),
                            START + id * 17_000L,
                            id % 2 == 0);
            trades.add(trade);
            events.add(RecordedTrades.event(trade));
        }
        jobs.send(SYMBOL, events);
    }

    private void awaitLatest(RunningJobs jobs) throws Exception {
        for (Interval interval : jobs.options.kline.intervals()) {
            List<Candle> expected = expected(interval);
            Await.until(
                    PATIENCE,
                    () ->
                            assertThat(jobs.latest(SYMBOL, interval.code()))
                                    .isEqualTo(expected.get(expected.size() - 1)));
        }
    }

    private void awaitStored(RunningJobs jobs) throws Exception {
        for (Interval interval : jobs.options.kline.intervals()) {
            List<Candle> closed = expected(interval).stream().filter(Candle::closed).toList();
            Await.until(
                    PATIENCE,
                    () -> assertThat(jobs.stored(SYMBOL, interval.code())).isEqualTo(closed));
        }
    }

    private List<Candle> expected(Interval interval) {
        long end = trades.get(trades.size() - 1).time();
        return NaiveCandles.of(trades, interval, end, end - 1_000);
    }
}
