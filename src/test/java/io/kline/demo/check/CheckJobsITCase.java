package io.kline.demo.check;

import static io.kline.testing.Trades.at;
import static io.kline.testing.Trades.trade;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Trade;
import io.kline.testing.Database;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import io.kline.testing.Servers;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker agrees with the jobs about every candle of all intervals. */
class CheckJobsITCase {

    @TempDir private Path folder;

    @Test
    void theJobsMakeWhatTheCheckerExpects() throws Exception {
        Database database = Servers.newDatabase();
        RunningJobs.Stores stores =
                new RunningJobs.Stores(
                        Servers.kafka().address(), Servers.redis().address(), database);
        try (RunningJobs jobs =
                RunningJobs.start(
                        stores, folder, "--kline.ticks", "off", "--kline.zone-offset", "+05:30")) {
            try (var redis = jobs.redis()) {
                redis.flushAll();
            }
            for (String symbol : List.of("AUSDT", "BUSDT", "CUSDT")) {
                jobs.send(symbol, trades(symbol).stream().map(RecordedTrades::event).toList());
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
            int code =
                    new CheckMain(Map.of("KLINE_MYSQL_PASSWORD", database.password()), out, out)
                            .run(
                                    "--topic",
                                    "--wait=60s",
                                    "--kline.zone-offset=+05:30",
                                    "--kafka.bootstrap.servers=" + stores.kafka(),
                                    "--kafka.topic.trades=" + jobs.options.kafka.tradesTopic,
                                    "--redis.nodes=" + stores.redis(),
                                    "--mysql.url=" + database.url(),
                                    "--mysql.user=" + database.user());
            String printed = bytes.toString(StandardCharsets.UTF_8);
            assertThat(code).as(printed).isZero();
            assertThat(printed).contains("3 symbols × 15 intervals", "900 distinct trades");
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
