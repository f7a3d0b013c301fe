package io.kline.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

/** What a cluster's configuration must not change, and what it may. */
class JobDefaultsTest {

    /** Has no serializer but Kryo. */
    static final class Stranger {
        private final Object content = new Object();

        Object content() {
            return content;
        }
    }

    @Test
    void theClusterCannotSwitchOffWhatIsAMust() {
        Configuration cluster = new Configuration();
        cluster.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        cluster.set(
                CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE,
                CheckpointingMode.AT_LEAST_ONCE);
        cluster.set(PipelineOptions.GENERIC_TYPES, true);
        cluster.set(PipelineOptions.AUTO_GENERATE_UIDS, true);
        ReadableConfig job = configured(cluster).getConfiguration();
        assertThat(job.get(CheckpointingOptions.ENABLE_UNALIGNED)).isFalse();
        assertThat(job.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE))
                .isEqualTo(CheckpointingMode.EXACTLY_ONCE);
        assertThat(job.get(PipelineOptions.GENERIC_TYPES)).isFalse();
        assertThat(job.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
        assertThat(job.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(720);
    }

    @Test
    void theClusterMayChooseTheRest() {
        assertThat(
                        configured(new Configuration())
                                .getConfiguration()
                                .get(PipelineOptions.AUTO_WATERMARK_INTERVAL))
                .isEqualTo(Duration.ofMillis(100));
        assertThat(configured(new Configuration()).getConfig().isUseSnapshotCompression()).isTrue();
        Configuration cluster = new Configuration();
        cluster.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(50));
        cluster.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(30));
        cluster.set(ExecutionOptions.SNAPSHOT_COMPRESSION, false);
        ReadableConfig job = configured(cluster).getConfiguration();
        assertThat(configured(cluster).getConfig().isUseSnapshotCompression()).isFalse();
        assertThat(job.get(PipelineOptions.AUTO_WATERMARK_INTERVAL))
                .isEqualTo(Duration.ofMillis(50));
        assertThat(job.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void kryoIsRefused() {
        StreamExecutionEnvironment env = configured(new Configuration());
        assertThatThrownBy(
                        () ->
                                env.fromData(List.of(new Stranger()))
                                        .sinkTo(new DiscardingSink<>())
                                        .uid("sink"))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("Generic types have been disabled");
    }

    @Test
    void anOperatorWithoutUidIsRefused() {
        StreamExecutionEnvironment env = configured(new Configuration());
        env.fromSequence(1, 2).sinkTo(new DiscardingSink<>());
        assertThatThrownBy(() -> env.getStreamGraph().getJobGraph())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("UID");
    }

    private static StreamExecutionEnvironment configured(Configuration cluster) {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(cluster);
        JobDefaults.apply(env);
        return env;
    }
}
