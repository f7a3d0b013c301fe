package io.kline.tools.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group is behind the end of a topic. A job commits what a checkpoint holds, when its
 * sinks have flushed.
 */
final class GroupLag implements AutoCloseable {

    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;
    private final String topic;
    private final String group;

    GroupLag(String bootstrap, String topic, String group) {
        this.admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap));
        this.topic = topic;
        this.group = group;
    }

    /** Number of records that are not committed. */
    long records() throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> latest =
                admin
                        .describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .stream()
                        .collect(
                                Collectors.toMap(
                                        one -> new TopicPartition(topic, one.partition()),
                                        one -> OffsetSpec.latest()));
        Map<TopicPartition, ListOffsetsResultInfo> ends = admin.listOffsets(latest).all().get();
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        return ends.entrySet().stream()
                .mapToLong(
                        end -> {
                            OffsetAndMetadata own = committed.get(end.getKey());
                            return end.getValue().offset() - (own == null ? 0 : own.offset());
                        })
                .sum();
    }

    /**
     * Waits until nothing is left.
     *
     * @throws WrongResultException if something is left at the end of the time
     */
    void awaitNone(Duration limit) throws ExecutionException, InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        long left = records();
        while (left > 0) {
            if (System.nanoTime() > end) {
                throw new WrongResultException(
                        "%,d records of %s are left after %d s"
                                .formatted(left, topic, limit.toSeconds()));
            }
            Thread.sleep(PAUSE_MILLIS);
            left = records();
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
