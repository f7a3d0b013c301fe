package io.kline.kafka;

import io.kline.store.heal.UpToDate;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far a group has come in a topic. A job commits its offsets when a checkpoint is complete, so
 * by then it has written to its stores what came before them.
 */
public final class TopicProgress implements UpToDate {

    private static final long PAUSE_MILLIS = 250;

    private final String topic;
    private final String group;
    private final Properties kafka;
    private final Duration patience;

    /**
     * @param kafka connection properties
     * @param patience how long the group is waited for
     */
    public TopicProgress(String topic, String group, Properties kafka, Duration patience) {
        this.topic = topic;
        this.group = group;
        this.kafka = kafka;
        this.patience = patience;
    }

    /** Waits until the group has come to what is the end of the topic now. */
    @Override
    public boolean await() throws IOException, InterruptedException {
        try (Admin admin = Admin.create(kafka)) {
            Map<TopicPartition, Long> ends = ends(admin);
            long deadline = System.nanoTime() + patience.toNanos();
            while (!hasReached(admin, ends)) {
                if (System.nanoTime() - deadline > 0) {
                    return false;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return true;
        } catch (ExecutionException e) {
            throw new IOException("Kafka does not say how far " + group + " has come", e);
        }
    }

    /** The ends of the partitions that have records: of others nothing is committed. */
    private Map<TopicPartition, Long> ends(Admin admin)
            throws ExecutionException, InterruptedException {
        List<TopicPartition> partitions =
                admin
                        .describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .partitions()
                        .stream()
                        .map(one -> new TopicPartition(topic, one.partition()))
                        .toList();
        Map<TopicPartition, Long> first = offsets(admin, partitions, OffsetSpec.earliest());
        Map<TopicPartition, Long> ends = offsets(admin, partitions, OffsetSpec.latest());
        ends.entrySet().removeIf(end -> end.getValue() <= first.get(end.getKey()));
        return ends;
    }

    private boolean hasReached(Admin admin, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        return ends.entrySet().stream()
                .allMatch(
                        end -> {
                            OffsetAndMetadata own = committed.get(end.getKey());
                            return own != null && own.offset() >= end.getValue();
                        });
    }

    private static Map<TopicPartition, Long> offsets(
            Admin admin, List<TopicPartition> partitions, OffsetSpec spec)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> question =
                partitions.stream().collect(Collectors.toMap(Function.identity(), any -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> answer = admin.listOffsets(question).all().get();
        return answer.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().offset()));
    }
}
