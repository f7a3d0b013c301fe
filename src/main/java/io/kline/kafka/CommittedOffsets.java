package io.kline.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<TopicPartition, Long> offsets = new HashMap<>(kafka.committedOffsets(partitions));
        offsets.values().removeIf(Objects::isNull);
        // Where an offset is committed, the partition's own broker need not be there to say more.
        List<TopicPartition> others =
                partitions.stream().filter(partition -> !offsets.containsKey(partition)).toList();
        if (!others.isEmpty()) {
            offsets.putAll(kafka.beginningOffsets(others));
        }
        return offsets;
    }

    // Kafka deprecated the type, the connector's interface asks for it.
    @SuppressWarnings("deprecation")
    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return OffsetResetStrategy.NONE;
    }
}
