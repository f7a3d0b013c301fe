package io.kline.job;

import static io.kline.testing.Trades.at;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kline.model.Candle;
import io.kline.model.Trade;
import io.kline.testing.Await;
import io.kline.testing.RecordedTrades;
import io.kline.testing.RunningJobs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partitions of the topic of trades that are silent, and such as have lost what was to be read. */
class PartitionsITCase {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long NOON = at("2025-03-04T12:00:00Z");
    private static final long MINUTE = 60_000;
    private static final int PARTITIONS = 4;

    @TempDir Path folder;

    /** Silent partitions hold nobody up, and time goes on when they speak again (FLINK-40475). */
    @Test
    void timeGoesOnWhileAndAfterPartitionsAreSilent() throws Exception {
        String one = symbolOn(0);
        String other = symbolOn(1);
        try (RunningJobs jobs =
                RunningJobs.start(RunningJobs.Stores.shared(), folder, "--kline.ticks", "off")) {
            send(jobs, one, 0, 2);
            awaitClosed(jobs, one, 2);
            // By now all are silent. One speaks again, then the other for the first time.
            send(jobs, one, 3, 5);
            awaitClosed(jobs, one, 5);
            send(jobs, other, 5, 8);
            awaitClosed(jobs, other, 3);
            send(jobs, one, 9, 9);
            awaitClosed(jobs, one, 9);
            send(jobs, other, 10, 10);
            awaitClosed(jobs, other, 5);
        }
    }

    /** Jumping over what Kafka deleted would be silent loss: the job fails and says why. */
    @Test
    void tradesThatKafkaNoLongerHasFailTheJob() throws Exception {
        String symbol = symbolOn(2);
        try (RunningJobs jobs =
                RunningJobs.start(RunningJobs.Stores.shared(), folder, "--kline.ticks", "off")) {
            send(jobs, symbol, 0, 3);
            awaitClosed(jobs, symbol, 3);
            jobs.awaitCheckpoint(jobs.live);
            jobs.cluster.cancel(jobs.live);
            send(jobs, symbol, 4, 9);
            try (Admin admin =
                    Admin.create(
                            Map.of("bootstrap.servers", jobs.options.kafka.bootstrapServers))) {
                admin.deleteRecords(
                                Map.of(
                                        new TopicPartition(jobs.options.kafka.tradesTopic, 2),
                                        RecordsToDelete.beforeOffset(7)))
                        .all()
                        .get();
            }
            jobs.startLive(2);
            Await.until(
                    PATIENCE,
                    () ->
                            assertThat(
                                            jobs.get("/jobs/" + jobs.live.id() + "/exceptions")
                                                    .toString())
                                    .contains("OffsetOutOfRangeException"));
            assertThat(jobs.latest(symbol, "1m").openTime()).isEqualTo(NOON + 3 * MINUTE);
        }
    }

    private static void send(RunningJobs jobs, String symbol, int from, int to) {
        for (int minute = from; minute <= to; minute++) {
            Trade trade =
                    new Trade(
                            symbol,
                            minute,
                            minute,
                            BigDecimal.TEN,
                            BigDecimal.ONE,
                            NOON + minute * MINUTE + 1_000,
                            false);
            jobs.send(symbol.getBytes(UTF_8), RecordedTrades.event(trade).getBytes(UTF_8));
        }
        jobs.flush();
    }

    private static void awaitClosed(RunningJobs jobs, String symbol, int count) throws Exception {
        Await.until(
                PATIENCE,
                () ->
                        assertThat(jobs.stored(symbol, "1m"))
                                .hasSize(count)
                                .allMatch(Candle::closed));
    }

    /** A symbol whose key Kafka's partitioner puts on this partition. */
    private static String symbolOn(int partition) {
        for (int i = 0; ; i++) {
            String symbol = "SILENT" + partition + "X" + i;
            byte[] key = symbol.getBytes(UTF_8);
            if (Utils.toPositive(Utils.murmur2(key)) % PARTITIONS == partition) {
                return symbol;
            }
        }
    }
}
