package io.kline.tools.rebuild;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.store.KlineJson;
import io.kline.testing.Await;
import io.kline.testing.NaiveCandles;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.TestRedis;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** Beside both jobs, on real servers. */
class RebuildITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String FROM = "2025-03-04T00:00";
    private static final long BEGIN = at("2025-03-04T00:00:00Z");
    private static final long MINUTE = 60_000;

    @TempDir private Path folder;

    private final List<Trade> sent = new ArrayList<>();
    private TestRedis redis;
    private RunningJobs jobs;
    private RebuildCommand rebuild;

    @BeforeEach
    void start() throws Exception {
        redis = TestRedis.started();
        RunningJobs.Stores shared = RunningJobs.Stores.shared();
        jobs =
                RunningJobs.none(
                        new RunningJobs.Stores(shared.kafka(), redis.node(), shared.mysql()),
                        folder,
                        "--kline.ticks",
                        "off",
                        "--redis.reassert-interval",
                        "10s");
        rebuild =
                new RebuildCommand(
                        jobs.options.mysql.password,
                        "--kline.ticks",
                        "off",
                        "--kafka.bootstrap.servers",
                        jobs.options.kafka.bootstrapServers,
                        "--kafka.topic.trades",
                        jobs.options.kafka.tradesTopic,
                        "--kafka.topic.klines",
                        jobs.options.kafka.klinesTopic,
                        "--redis.nodes",
                        redis.node(),
                        "--mysql.url",
                        jobs.options.mysql.url,
                        "--mysql.user",
                        jobs.options.mysql.user);
    }

    @AfterEach
    void stop() {
        jobs.close();
        redis.close();
    }

    @Test
    void aDisputedCandleIsRepairedAndTakesLateTradesAgain() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, BEGIN + 10_000, "10"), trade("A", 2, BEGIN + 20_000, "11"));
        send(trade("A", 3, BEGIN + 1_200_000, "12"));
        awaitCount("1m", 2);
        awaitCount("5m", 2);
        jobs.awaitCheckpoint(jobs.live);
        Path snapshot = jobs.copyOfState();
        sql("DELETE FROM kline WHERE interval_code = '1m' AND open_time = " + BEGIN);
        sql(
                "UPDATE kline SET trade_count = 99 WHERE interval_code = '5m' AND open_time = "
                        + BEGIN);
        Trade late = trade("A", 4, BEGIN + 30_000, "13");
        send(late);
        jobs.awaitMetric(jobs.history, "correctionsDisputed", 2);

        String[] hour = {"--from", FROM, "--to", "2025-03-04T00:05"};
        // The price is carried on by the corrector, whose dispute is about two candles alone.
        Await.until(
                PATIENCE,
                () -> {
                    assertThat(rebuild.run(hour)).as(rebuild.printed()).isEqualTo(1);
                    assertThat(rebuild.printed()).doesNotContain("1m 2025-03-04T00:01:00Z");
                });
        assertThat(rebuild.printed())
                .contains(
                        "A 1m 2025-03-04T00:00:00Z",
                        "mysql: missing",
                        "ledger: lacks the late trade 4",
                        "n 99, not 3");
        assertThat(logged()).isEmpty();
        assertThat(rebuild.run(apply(hour))).as(rebuild.printed()).isZero();
        assertThat(first("1m")).isEqualTo(naive("1m", 0));
        assertThat(first("5m")).isEqualTo(naive("5m", 1));
        assertThat(logged())
                .containsExactlyInAnyOrder(
                        "rebuilt 1m " + BEGIN + " null 3", "rebuilt 5m " + BEGIN + " 99 3");
        assertThat(rebuild.run(hour)).as(rebuild.printed()).isZero();

        // Late trades are applied again, in the candle that had to shrink as well.
        send(trade("A", 5, BEGIN + 40_000, "9"));
        awaitCount("1m", 4);
        awaitCount("5m", 4);
        assertThat(first("5m")).isEqualTo(naive("5m", 1));
        // All of it once more, by a live job that goes on from before.
        jobs.startLiveFrom(snapshot, 2);
        send(trade("A", 6, BEGIN + 50_000, "8"));
        awaitCount("1m", 5);
        awaitCount("5m", 5);
        jobs.awaitCheckpoint(jobs.history);
        jobs.awaitCheckpoint(jobs.history);
        assertThat(first("1m")).isEqualTo(naive("1m", 0));
        assertThat(first("5m")).isEqualTo(naive("5m", 1));
        RunningJobs.CheckerResult result = jobs.check(Duration.ofSeconds(60));
        assertThat(result.code()).as(result.printed()).isZero();
    }

    @Test
    void anEmptiedRedisGetsItsHistory() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        for (int minute = 0; minute < 90; minute += 3) {
            send(trade("A", minute, BEGIN + minute * MINUTE + 7_000, "10"));
        }
        awaitStored("1m", 87);
        try (Jedis client = redis.client()) {
            client.flushAll();
        }
        assertThat(rebuild.run("--from", FROM, "--to", "2025-03-04T01:00", "--apply"))
                .as(rebuild.printed())
                .isZero();
        assertThat(rebuild.printed()).contains("A 1m redis: lacks", "filled in");
        RunningJobs.CheckerResult result = jobs.check(Duration.ofSeconds(60));
        assertThat(result.code()).as(result.printed()).isZero();
        assertThat(rebuild.run("--from", FROM, "--to", "2025-03-04T01:00"))
                .as(rebuild.printed())
                .isZero();
    }

    /** Where nothing is to be filled no history is read, and where nothing is missing neither. */
    @Test
    void histories() throws Exception {
        for (int minute = 0; minute < 120; minute += 7) {
            sent.add(trade("A", minute, BEGIN + minute * MINUTE, "10"));
            sent.add(trade("B", minute, BEGIN + minute * MINUTE, "10"));
        }
        Path file = folder.resolve("two.json");
        RebuildCommand.write(file, sent);
        String[] all = {"--from", FROM, "--to", "2025-03-04T02:00", "--file", file.toString()};
        assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isZero();
        // Behind the file, so that the comparison reads nothing of Redis.
        String[] behind = {"--from", "2025-03-05", "--to", "2025-03-05T01:00", "--interval", "1m"};
        behind[4] = "--file";
        behind[5] = file.toString();
        try (Jedis client = redis.client()) {
            client.zremrangeByRank("kline:{B}:1m:history", 10, 12);
            client.configResetStat();
            assertThat(rebuild.run(behind)).as(rebuild.printed()).isEqualTo(1);
            assertThat(rebuild.printed()).contains("1 series are short in the history of Redis");
            assertThat(client.info("commandstats")).doesNotContain("cmdstat_zadd");
            long read = bytesOut(client);
            assertThat(rebuild.run(behind)).as(rebuild.printed()).isEqualTo(1);
            assertThat(bytesOut(client) - read).isLessThan(100_000);
            assertThat(rebuild.run(apply(behind))).as(rebuild.printed()).isZero();
            assertThat(rebuild.printed()).contains("B 1m redis: lacks 3 stored candles -> filled");
            assertThat(client.zcard("kline:{B}:1m:history")).isEqualTo(119);
            assertThat(rebuild.run(behind)).as(rebuild.printed()).isZero();
        }
    }

    @Test
    void flatCandlesBehindTheRangeAreNotPassedOver() throws Exception {
        for (int minute = 0; minute < 120; minute += 7) {
            sent.add(trade("A", minute, BEGIN + minute * MINUTE, "10"));
        }
        Path file = folder.resolve("one.json");
        RebuildCommand.write(file, sent);
        String[] all = {"--from", FROM, "--to", "2025-03-04T02:00", "--file", file.toString()};
        assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isZero();
        long flat = BEGIN + 8 * MINUTE;
        sql(
                "UPDATE kline SET version_trade_id = 0, last_trade_time = %d WHERE open_time = %d"
                        .formatted(BEGIN, flat));
        all[3] = "2025-03-04T00:08";
        assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isEqualTo(1);
        assertThat(rebuild.printed())
                .contains("A 1m 2025-03-04T00:08:00Z behind --to", "0 candles differ");
        all[3] = "2025-03-04T00:09";
        assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isZero();
        assertThat(rebuild.run(all)).as(rebuild.printed()).isZero();
        assertThat(rebuild.run("--symbols", "A,B", "--from", FROM, "--file", file.toString()))
                .as("of B there is nothing")
                .isEqualTo(1);
    }

    /** The corrector passes over it then, and the next one is not disputed. */
    @Test
    void aLateTradeOnItsWayIsOfTheFileAlready() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, BEGIN + 10_000, "10"), trade("A", 2, BEGIN + 20_000, "11"));
        send(trade("A", 3, BEGIN + 1_200_000, "12"));
        awaitCount("1m", 2);
        jobs.awaitCheckpoint(jobs.history);
        jobs.cluster.cancel(jobs.history);
        send(trade("A", 4, BEGIN + 30_000, "13"));
        // For 1m, 3m and 5m.
        jobs.awaitMetric(jobs.live, "lateTrades", 3);
        jobs.awaitCheckpoint(jobs.live);

        Path file = folder.resolve("all.json");
        RebuildCommand.write(
                file, sent.stream().sorted(Comparator.comparing(Trade::time)).toList());
        String[] minute = {
            "--from", FROM, "--to", "2025-03-04T00:01", "--file", file.toString(), "--apply"
        };
        // The flat candles behind it are on their way, too.
        assertThat(rebuild.run(minute)).as(rebuild.printed()).isEqualTo(1);
        assertThat(rebuild.printed())
                .contains(
                        "n 2, not 3",
                        "ledger: lacks the late trade 4",
                        "A 1m 2025-03-04T00:01:00Z behind --to",
                        "1 candles differ, 1 applied");

        jobs.startHistory();
        send(trade("A", 5, BEGIN + 40_000, "9"));
        awaitCount("1m", 4);
        assertThat(first("1m")).isEqualTo(naive("1m", 0));
        assertThat(jobs.metric(jobs.history, "correctionsDisputed")).isZero();
    }

    /** It has not read them yet, and passes on later what was late. */
    @Test
    void whatIsLateOnTheTopicIsInTheLedgerBeforeTheLiveJobHasReadIt() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, BEGIN + 10_000, "10"));
        send(trade("A", 2, BEGIN + MINUTE + 10_000, "11"));
        awaitStored("1m", 1);
        jobs.awaitCheckpoint(jobs.live);
        jobs.cluster.cancel(jobs.live);
        // More candles than the counts that are remembered.
        for (int minute = 2; minute < 40; minute++) {
            send(trade("A", 10 * minute, BEGIN + minute * MINUTE + 7_000, "1" + minute % 9));
        }
        send(trade("A", 1_000, BEGIN + 2 * MINUTE + 30_000, "99"));

        rebuild.run("--from", FROM, "--to", "2025-03-04T00:39", "--apply");
        assertThat(rebuild.printed())
                .contains("A 1m 2025-03-04T00:02:00Z ledger: lacks the late trade 1000 | mysql");
        assertThat(jobs.stored("A", "1m")).contains(closed("1m", BEGIN + 40 * MINUTE).get(2));

        jobs.startLive(2);
        // For 1m, 3m, 5m and 15m.
        jobs.awaitMetric(jobs.live, "lateTrades", 4);
        RunningJobs.CheckerResult result = jobs.check(Duration.ofSeconds(60));
        assertThat(result.code()).as(result.printed()).isZero();
        assertThat(jobs.metric(jobs.history, "correctionsDisputed")).isZero();
        // The others were refused: the live job held them.
        jobs.awaitMetric(jobs.history, "correctionsApplied", 3);
    }

    /** Its ledger would no longer fit the count that the live job reports. */
    @Test
    void whatWasLateForAMinuteWasInTimeForALargerCandle() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, BEGIN + 10_000, "10"), trade("A", 2, BEGIN + 12 * MINUTE, "11"));
        jobs.awaitCheckpoint(jobs.live);
        send(trade("A", 3, BEGIN + 30_000, "12"));
        awaitCount("1m", 2);
        send(trade("A", 4, BEGIN + 60 * MINUTE + 5_000, "13"));
        awaitCount("3m", 2);
        awaitStored("1m", 60);
        assertThat(rebuild.run("--from", FROM, "--to", "2025-03-04T00:30", "--interval", "3m"))
                .as(rebuild.printed())
                .isZero();
    }

    @Test
    void anAddedIntervalGetsItsHistoryFromMinutes() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        for (int minute = 0; minute < 120; minute += 3) {
            send(trade("A", minute, BEGIN + minute * MINUTE + 7_000, "1" + minute % 9));
        }
        awaitStored("1m", 117);
        String[] added = {"--from", FROM, "--to", "2025-03-04T02:00", "--interval", "45m"};
        assertThat(rebuild.run(apply(added))).as(rebuild.printed()).isZero();
        // The minutes of the third one are not all there yet.
        assertThat(jobs.stored("A", "45m")).isEqualTo(naive("45m").subList(0, 2));
        assertThat(rebuild.run(added)).as(rebuild.printed()).isZero();
        sql(
                "DELETE FROM kline WHERE interval_code = '45m' OR open_time = "
                        + (BEGIN + 60 * MINUTE));
        assertThat(rebuild.run(apply(added))).as(rebuild.printed()).isEqualTo(1);
        assertThat(rebuild.printed())
                .contains("refused: its minute 2025-03-04T01:00:00Z is not stored");
        assertThat(jobs.stored("A", "45m")).isEqualTo(naive("45m").subList(0, 1));
        assertThat(rebuild.run("--from", FROM, "--interval", "1m")).isEqualTo(2);
    }

    /** The live job, which was to have it, has not come to its next whole candle. */
    @Test
    void anAddedIntervalThatHasNoLatestYetGetsItsHistoryByTheHistoryJob() throws Exception {
        Interval added = Interval.parse("45m", ZoneOffset.UTC);
        long now = System.currentTimeMillis();
        long begin = added.openOf(now - 150 * MINUTE);
        jobs.startLive(2);
        jobs.startHistory();
        for (long time = begin; time < now; time += 3 * MINUTE) {
            send(trade("A", (time - begin) / MINUTE, time, "10"));
        }
        Await.until(PATIENCE, () -> assertThat(jobs.stored("A", "1m")).hasSizeGreaterThan(140));
        String end = Long.toString(begin + 90 * MINUTE);
        String[] all = {"--from", Long.toString(begin), "--to", end, "--interval", "45m"};
        assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isZero();
        assertThat(jobs.stored("A", "45m")).hasSize(2);
        // The history job may have been there before the command looked.
        String history = "kline:{A}:45m:history";
        try (Jedis client = redis.client()) {
            Await.until(PATIENCE, () -> assertThat(client.zcard(history)).isEqualTo(2));
            client.del(history);
            assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isEqualTo(1);
            assertThat(rebuild.printed()).contains("run this again when the live job has issued");
            assertThat(client.exists(history)).isFalse();
        }
        assertThat(rebuild.run(all)).as(rebuild.printed()).isEqualTo(1);
    }

    /** They lack what the larger candle in Redis has. */
    @Test
    void minutesThatLagMakeNoLargerCandle() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, BEGIN + 10_000, "10"));
        send(trade("A", 2, BEGIN + 6 * MINUTE + 5_000, "11"));
        awaitCount("5m", 1);
        jobs.awaitCheckpoint(jobs.history);
        jobs.cluster.cancel(jobs.history);
        send(trade("A", 3, BEGIN + 20_000, "12"));
        send(trade("A", 4, BEGIN + 40 * MINUTE + 5_000, "13"));
        String[] first = {"--from", FROM, "--to", "2025-03-04T00:05", "--interval", "5m"};

        Await.until(
                PATIENCE,
                () -> {
                    assertThat(rebuild.run(apply(first))).as(rebuild.printed()).isEqualTo(1);
                    assertThat(rebuild.printed()).contains("refused: Redis has a later version");
                });
        assertThat(first("5m").revision()).isZero();

        jobs.startHistory();
        awaitCount("5m", 2);
        awaitCount("1m", 2);
        assertThat(rebuild.run(apply(first))).as(rebuild.printed()).isZero();
        assertThat(first("5m")).isEqualTo(naive("5m", 0));
    }

    @Test
    void aFileOfADayHasAllItsMinutesAndItsDay() throws Exception {
        for (int minute = 0; minute < 1_430; minute += 7) {
            sent.add(trade("A", minute, BEGIN + minute * MINUTE, "10"));
        }
        Path file = folder.resolve("day.json");
        RebuildCommand.write(file, sent);
        String[] day = {"--from", "2025-03-04", "--to", "2025-03-05", "--file", file.toString()};
        assertThat(rebuild.run(apply(day))).as(rebuild.printed()).isZero();
        assertThat(jobs.stored("A", "1m"))
                .hasSize(1_440)
                .isEqualTo(closed("1m", BEGIN + 1_440 * MINUTE - 1));
        assertThat(jobs.stored("A", "1d")).isEqualTo(closed("1d", BEGIN));
        assertThat(jobs.latest("A", "1d")).isEqualTo(closed("1d", BEGIN).get(0));
        assertThat(rebuild.run(day)).as(rebuild.printed()).isZero();

        // Without an end what may be half a minute is left as it is.
        sql("DELETE FROM kline WHERE open_time >= " + (BEGIN + 1_427 * MINUTE));
        assertThat(rebuild.run(apply("--from", FROM, "--file", file.toString())))
                .as(rebuild.printed())
                .isZero();
        assertThat(rebuild.printed()).contains("only with --to it is repaired");
        assertThat(jobs.stored("A", "1m")).isEqualTo(closed("1m", BEGIN + 1_428 * MINUTE - 1));
        assertThat(rebuild.run(apply(day))).as(rebuild.printed()).isZero();

        // Half of it was downloaded: the other half is stored.
        Path half = folder.resolve("half.json");
        RebuildCommand.write(half, sent.subList(0, sent.size() / 2));
        String[] cut = {"--from", "2025-03-04", "--to", "2025-03-05", "--file", half.toString()};
        assertThat(rebuild.run(apply(cut))).isEqualTo(1);
        assertThat(rebuild.printed())
                .contains("a store has a trade of it that the file lacks", " 0 applied");
        assertThat(jobs.stored("A", "1m")).isEqualTo(closed("1m", BEGIN + 1_440 * MINUTE - 1));

        // The stored days open at another hour than those that would be made.
        assertThat(
                        rebuild.run(
                                apply(
                                        "--from",
                                        "2025-03-04",
                                        "--to",
                                        "2025-03-06",
                                        "--file",
                                        file.toString(),
                                        "--interval",
                                        "1d",
                                        "--kline.zone-offset",
                                        "+08:00")))
                .isEqualTo(1);
        assertThat(rebuild.printed()).contains("which kline.zone-offset does not have");
        assertThat(jobs.stored("A", "1d")).isEqualTo(closed("1d", BEGIN));
    }

    @Test
    void whatTheLiveJobHoldsIsRefusedAndTheEndOfADayIsClosed() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, at("2025-03-04T23:50:10Z"), "10"));
        send(trade("A", 2, at("2025-03-04T23:58:10Z"), "11"));
        awaitStored("1m", 1_437);
        sql("UPDATE kline SET trade_count = 5 WHERE interval_code = '1m' AND trade_count = 1");
        String[] day = {"--from", "2025-03-04", "--to", "2025-03-05"};
        assertThat(rebuild.run(apply(day))).as(rebuild.printed()).isEqualTo(1);
        assertThat(rebuild.printed())
                .contains(
                        "A 1m 2025-03-04T23:50:00Z mysql: n 5, not 1",
                        "refused: the live job still holds it",
                        "1 refused");
        sql("UPDATE kline SET trade_count = 1 WHERE interval_code = '1m' AND trade_count = 5");
        assertThat(rebuild.run(apply(day))).as(rebuild.printed()).isZero();
        assertThat(jobs.stored("A", "1m")).isEqualTo(closed("1m", at("2025-03-04T23:59:00Z")));
        assertThat(jobs.stored("A", "1d")).isEqualTo(closed("1d", BEGIN));
        // What was closed early takes its trades all the same.
        send(
                trade("A", 3, at("2025-03-04T23:59:30Z"), "12"),
                trade("A", 4, BEGIN + 87_000_000, "1"));
        Await.until(
                PATIENCE,
                () -> {
                    assertThat(jobs.stored("A", "1d")).isEqualTo(closed("1d", BEGIN));
                });
    }

    /** The history job is not there: the table has an older version than readers have seen. */
    @Test
    void aHistoryGetsTheVersionThatIsOnItsWayToTheTable() throws Exception {
        jobs.startLive(2);
        jobs.startHistory();
        send(trade("A", 1, BEGIN + 10_000, "10"), trade("A", 2, BEGIN + 70_000, "11"));
        awaitCount("1m", 1);
        jobs.awaitCheckpoint(jobs.history);
        jobs.cluster.cancel(jobs.history);
        // Not too late: the live job sends the closed candle again.
        send(trade("A", 3, BEGIN + 20_000, "12"), trade("A", 4, BEGIN + 130_000, "13"));
        String history = "kline:{A}:1m:history";
        try (Jedis client = redis.client()) {
            Await.until(PATIENCE, () -> assertThat(client.zcard(history)).isEqualTo(2));
            String seen = client.zrange(history, 0, 0).get(0);
            assertThat(KlineJson.read(seen).count()).isEqualTo(2);
            client.del(history);
            assertThat(rebuild.run("--from", "2025-03-05", "--to", "2025-03-05T00:01", "--apply"))
                    .as(rebuild.printed())
                    .isZero();
            assertThat(first("1m").count()).isEqualTo(1);
            assertThat(client.zrange(history, 0, 0)).containsExactly(seen);
        }
    }

    /** A run that was broken off between the latest kline and the history is finished. */
    @Test
    void aRefillThatWasBrokenOffIsFinished() throws Exception {
        for (int minute = 0; minute < 30; minute++) {
            sent.add(trade("A", minute, BEGIN + minute * MINUTE, "10"));
        }
        Path file = folder.resolve("half.json");
        RebuildCommand.write(file, sent);
        String[] all = {"--from", FROM, "--to", "2025-03-04T00:30", "--file", file.toString()};
        assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isZero();
        try (Jedis client = redis.client()) {
            List<String> whole = client.zrange("kline:{A}:1m:history", 0, -1);
            assertThat(whole).hasSize(29);
            client.del("kline:{A}:1m:history", "kline:{A}:3m", "kline:{A}:3m:history");
            client.del("kline:{A}:5m", "kline:{A}:5m:history");
            assertThat(rebuild.run(apply(all))).as(rebuild.printed()).isZero();
            assertThat(client.zrange("kline:{A}:1m:history", 0, -1)).isEqualTo(whole);
            assertThat(client.zcard("kline:{A}:3m:history")).isEqualTo(9);
            assertThat(client.zcard("kline:{A}:5m:history")).isEqualTo(5);
            assertThat(rebuild.run(all)).as(rebuild.printed()).isZero();
        }
    }

    @Test
    void wrongOptionsAreNamed() {
        assertThat(rebuild.run()).isEqualTo(2);
        assertThat(rebuild.printed()).contains("--from is missing");
        assertThat(rebuild.run("--from", "soon")).isEqualTo(2);
        assertThat(rebuild.printed()).contains("--from: 'soon' is not a time");
        assertThat(rebuild.run("--from", FROM, "--symbol", "A")).isEqualTo(2);
        for (String from : List.of("2025-03-05", "2025-03-04T00:00:15", "2999-01-01")) {
            assertThat(rebuild.run("--from", from, "--to", FROM)).isEqualTo(2);
            assertThat(rebuild.printed()).doesNotContain("records read");
        }
        assertThat(rebuild.run("--from", "2999-01-01")).isEqualTo(2);
        assertThat(rebuild.printed())
                .contains("--from must be before --to")
                .doesNotContain("records read");
        assertThat(rebuild.run("--from", FROM, "--file", "/no/such")).isEqualTo(2);
        assertThat(rebuild.run("--from", FROM, "--symbols", "NONE", "--interval", "5m"))
                .isEqualTo(1);
        assertThat(rebuild.printed()).contains("NONE: there are no trades of it, and no candles");
        assertThat(rebuild.run("--help")).isZero();
        assertThat(rebuild.printed()).contains("Examples:", "--apply");
    }

    private static long bytesOut(Jedis client) {
        return client.info("stats")
                .lines()
                .filter(line -> line.startsWith("total_net_output_bytes:"))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).trim()))
                .sum();
    }

    private static String[] apply(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--apply");
        return all.toArray(String[]::new);
    }

    private void send(Trade... trades) {
        sent.addAll(List.of(trades));
        jobs.send("A", List.of(trades).stream().map(RecordedTrades::event).toList());
    }

    private Candle first(String code) throws SQLException {
        return jobs.stored("A", code).get(0);
    }

    private void awaitCount(String code, long count) throws Exception {
        Await.until(
                PATIENCE,
                () ->
                        assertThat(jobs.stored("A", code))
                                .first()
                                .extracting(Candle::count)
                                .isEqualTo(count));
    }

    /** Waits for so many candles. */
    private void awaitStored(String code, int candles) throws Exception {
        long last = code.equals("1m") ? sent.get(sent.size() - 1).time() / MINUTE * MINUTE : BEGIN;
        long from = sent.get(0).time() / MINUTE * MINUTE;
        int expected = (int) ((last - from) / MINUTE);
        assertThat(expected).isLessThanOrEqualTo(candles);
        Await.until(PATIENCE, () -> assertThat(jobs.stored("A", code)).hasSize(expected));
    }

    private Candle naive(String code, long revision) {
        Candle candle = naive(code).get(0);
        return new Candle(candle.key(), candle.closeTime(), candle.ohlcv(), true, revision);
    }

    private List<Candle> naive(String code) {
        return closed(code, sent.get(sent.size() - 1).time());
    }

    private List<Candle> closed(String code, long end) {
        Interval interval = Interval.parse(code, ZoneOffset.UTC);
        return NaiveCandles.of(sent, interval, end, Long.MAX_VALUE);
    }

    /** What the log says of rebuilt first candles: reason, interval, open time, counts. */
    private List<String> logged() throws SQLException {
        List<String> logged = new ArrayList<>();
        try (Connection connection =
                        DriverManager.getConnection(
                                jobs.options.mysql.url,
                                jobs.options.mysql.user,
                                jobs.options.mysql.password);
                Statement sql = connection.createStatement();
                ResultSet row =
                        sql.executeQuery(
                                "SELECT * FROM kline_restated WHERE reason = 'rebuilt'"
                                        + " AND open_time = "
                                        + BEGIN)) {
            while (row.next()) {
                logged.add(
                        String.join(
                                " ",
                                row.getString("reason"),
                                row.getString("interval_code"),
                                row.getString("open_time"),
                                count(row.getString("before_kline")),
                                count(row.getString("after_kline"))));
            }
        }
        return logged;
    }

    private static String count(String kline) {
        return kline == null ? "null" : Long.toString(KlineJson.read(kline).count());
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(
                                jobs.options.mysql.url,
                                jobs.options.mysql.user,
                                jobs.options.mysql.password);
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        }
    }
}
