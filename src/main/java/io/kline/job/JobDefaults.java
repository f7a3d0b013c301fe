package io.kline.job;

import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What the jobs ask of Flink. The first group is a must; the second holds unless the cluster or
 * {@code -D} says otherwise.
 */
final class JobDefaults {

    private static final int MAX_PARALLELISM = 720;

    private static final Duration LATE_TRADES = Duration.ofSeconds(2);

    private JobDefaults() {}

    /** What every job asks for. */
    static void apply(StreamExecutionEnvironment env) {
        Configuration required = new Configuration();
        required.set(PipelineOptions.GENERIC_TYPES, false);
        required.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
        required.set(PipelineOptions.OBJECT_REUSE, true);
        required.set(PipelineOptions.MAX_PARALLELISM, MAX_PARALLELISM);
        required.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.EXACTLY_ONCE);
        // Unaligned checkpoints let watermarks differ between subtasks, and froze them
        // (FLINK-40101).
        required.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
        env.configure(required);

        // Nothing waits for a checkpoint of the live job: it bounds what is read again after a
        // failure.
        preset(env, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        preset(env, CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofMinutes(2));
        preset(env, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 10);
        preset(
                env,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        // Flink reads what is not packed a field at a time from its file: 1.7 ms a symbol, and 0.1
        // of what is.
        preset(env, ExecutionOptions.SNAPSHOT_COMPRESSION, true);
        preset(env, PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(100));
        preset(env, RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        preset(
                env,
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofSeconds(1));
        preset(
                env,
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(15));
    }

    /**
     * The history job applies late trades at its checkpoints, which hold little but offsets. They
     * are as frequent as late trades are to be seen, whatever the cluster's interval is.
     */
    static void applyToHistory(StreamExecutionEnvironment env) {
        apply(env);
        Duration interval = env.getConfiguration().get(CheckpointingOptions.CHECKPOINTING_INTERVAL);
        if (interval.compareTo(LATE_TRADES) > 0) {
            env.configure(
                    new Configuration()
                            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, LATE_TRADES));
        }
    }

    private static <T> void preset(
            StreamExecutionEnvironment env, ConfigOption<T> option, T value) {
        if (env.getConfiguration().getOptional(option).isEmpty()) {
            env.configure(new Configuration().set(option, value));
        }
    }
}
