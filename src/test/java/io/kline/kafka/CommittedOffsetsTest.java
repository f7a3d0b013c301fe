package io.kline.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CommittedOffsetsTest {

    private static final TopicPartition FIRST = new TopicPartition("trades", 0);
    private static final TopicPartition SECOND = new TopicPartition("trades", 1);
    private static final TopicPartition THIRD = new TopicPartition("trades", 2);

    @Test
    void aPartitionWithACommittedOffsetNeedNotBeThere() {
        Map<TopicPartition, Long> offsets =
                new CommittedOffsets()
                        .getPartitionOffsets(
                                List.of(FIRST, SECOND, THIRD), new OneWithoutLeader(FIRST));

        assertThat(offsets).isEqualTo(Map.of(FIRST, 70L, SECOND, 5L, THIRD, 5L));
    }

    @Test
    void nothingIsAskedOfPartitionsThatAllHaveOne() {
        assertThat(
                        new CommittedOffsets()
                                .getPartitionOffsets(List.of(FIRST), new OneWithoutLeader(FIRST)))
                .isEqualTo(Map.of(FIRST, 70L));
    }

    /** The first partition was read up to 70, the second never, of the third nothing is known. */
    private record OneWithoutLeader(TopicPartition away)
            implements OffsetsInitializer.PartitionOffsetsRetriever {

        @Override
        public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
            Map<TopicPartition, Long> committed = new HashMap<>();
            committed.put(FIRST, 70L);
            committed.put(SECOND, null);
            committed.keySet().retainAll(partitions);
            return committed;
        }

        @Override
        public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
            assertThat(partitions).isNotEmpty().doesNotContain(away);
            return partitions.stream().collect(Collectors.toMap(one -> one, one -> 5L));
        }

        @Override
        public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Map<TopicPartition, org.apache.kafka.clients.consumer.OffsetAndTimestamp>
                offsetsForTimes(Map<TopicPartition, Long> times) {
            throw new UnsupportedOperationException();
        }
    }
}
