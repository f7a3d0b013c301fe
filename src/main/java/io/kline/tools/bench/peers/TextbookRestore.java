package io.kline.tools.bench.peers;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * The job of {@link Textbook} that is stopped with a savepoint when about half is read, and goes on
 * from it with the rest: as at every upgrade. Its candles show what a restore costs, not its speed:
 * behind the half the first job reads slowly, so that it is not through when it is stopped.
 */
final class TextbookRestore implements Peer {

    private static final String BATCH = "100";
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MS = 100;
    private static final long CHECKPOINTS_MS = 1_000;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Override
    public MinuteCandles run(PeerInput input) throws Exception {
        String candles = MinuteCandles.newName();
        try (LocalFlink flink = new LocalFlink()) {
            StreamExecutionEnvironment first = flink.environment();
            TextbookJob.define(first, untilHalf(input), input.topic(), candles);
            JobClient job = first.executeAsync("textbook until half");
            while (RecordsRead.soFar() < input.records() / 2) {
                Thread.sleep(PAUSE_MS);
            }
            String folder = flink.checkpoints().toUri().toString();
            String savepoint = stop(job, false, folder);

            StreamExecutionEnvironment second = flink.environment(savepoint);
            TextbookJob.define(second, input.consumer(), input.topic(), candles);
            second.enableCheckpointing(CHECKPOINTS_MS);
            JobClient rest = second.executeAsync("textbook from half");
            awaitAll(input);
            stop(rest, true, folder);
        }
        return MinuteCandles.named(candles);
    }

    private static Properties untilHalf(PeerInput input) {
        Properties consumer = input.consumer();
        consumer.setProperty(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, BATCH);
        consumer.setProperty(RecordsRead.SLOW_AFTER, Long.toString(input.records() / 2));
        return consumer;
    }

    /**
     * Returns when a checkpoint has all records. A bounded source of Kafka that is restored never
     * ends by itself (FLINK-31006).
     */
    private static void awaitAll(PeerInput input) throws Exception {
        try (Admin admin =
                Admin.create(
                        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, input.bootstrap()))) {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (committed(admin, input.topic()) < input.records()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "%d of %d records in a checkpoint after %s"
                                    .formatted(
                                            committed(admin, input.topic()),
                                            input.records(),
                                            LIMIT));
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }

    private static long committed(Admin admin, String topic) throws Exception {
        return admin
                .listConsumerGroupOffsets(TextbookJob.GROUP)
                .partitionsToOffsetAndMetadata()
                .get()
                .entrySet()
                .stream()
                .filter(offset -> offset.getKey().topic().equals(topic))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    /**
     * The sources read before the last of the other tasks runs; until then a job cannot stop.
     *
     * @param isEnd whether no record will follow, so that all windows fire
     * @return the savepoint
     */
    private static String stop(JobClient job, boolean isEnd, String folder) throws Exception {
        for (int i = 1; ; i++) {
            try {
                return job.stopWithSavepoint(isEnd, folder, SavepointFormatType.CANONICAL).get();
            } catch (ExecutionException e) {
                if (i == ATTEMPTS || job.getJobStatus().get().isTerminalState()) {
                    throw e;
                }
                Thread.sleep(PAUSE_MS);
            }
        }
    }
}
