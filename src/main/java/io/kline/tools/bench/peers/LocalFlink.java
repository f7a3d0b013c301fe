package io.kline.tools.bench.peers;

import io.kline.tools.stack.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Flink in this process, with what the jobs ask of it: object reuse, no Kryo, aligned checkpoints
 * every 10 s, state on the heap. A failure is not repaired: the run does not count then.
 */
final class LocalFlink implements AutoCloseable {

    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(256);

    private final Path checkpoints;

    LocalFlink() throws IOException {
        checkpoints = Files.createTempDirectory("kline-peer-");
    }

    /** Where checkpoints and savepoints go until this is closed. */
    Path checkpoints() {
        return checkpoints;
    }

    /** An environment that begins without state. */
    StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.createLocalEnvironment(PeerInput.PARALLELISM, settings());
    }

    /** An environment that begins with a savepoint. */
    StreamExecutionEnvironment environment(String savepoint) {
        return StreamExecutionEnvironment.createLocalEnvironment(
                PeerInput.PARALLELISM,
                settings().set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint));
    }

    private Configuration settings() {
        return new Configuration()
                .set(PipelineOptions.OBJECT_REUSE, true)
                .set(PipelineOptions.GENERIC_TYPES, false)
                .set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(100))
                .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10))
                .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString())
                .set(RestartStrategyOptions.RESTART_STRATEGY, "disable")
                .set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
    }

    @Override
    public void close() throws IOException {
        Directories.delete(checkpoints);
    }
}
