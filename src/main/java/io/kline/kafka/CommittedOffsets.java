package io.kline.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Starts where the group last committed, or at the beginning of a partition it never read. An
 * offset that Kafka no longer has fails the job: jumping over the missing trades would be silent
 * loss.
 */
public final class CommittedOffsets implements OffsetsInitializer {

    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever kafka) {
        Map<TopicPartition, Long> offsets = new HashMap<>(kafka.beginningOffsets(partitions));
        kafka.committedOffsets(partitions)
                .forEach(
                        (partition, committed) -> {
                            if (committed != null) {
                                offsets.put(partition, committed);
                            }
                        });
        return offsets;
    }

    // Kafka deprecated the type, the connector's interface asks for it.
    @SuppressWarnings("deprecation")
    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
