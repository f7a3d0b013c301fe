package io.kline.tools.chaos;

import io.kline.tools.stack.Await;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** Which broker has which partition, of topics without replicas. */
final class PartitionLeaders implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Admin admin;

    /**
     * @param address of a broker
     */
    PartitionLeaders(String address) {
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address));
    }

    /** Moves a partition with its records, and returns when the other broker leads it. */
    void move(String topic, int partition, int broker) throws Exception {
        TopicPartition moved = new TopicPartition(topic, partition);
        NewPartitionReassignment there = new NewPartitionReassignment(List.of(broker));
        done(admin.alterPartitionReassignments(Map.of(moved, Optional.of(there))).all());
        Await.until(
                moved + " is at broker " + broker,
                PATIENCE,
                () -> leads(topic, partition, broker) && !isMoving());
    }

    /** Removes a broker that has stopped. */
    void forget(int broker) throws Exception {
        done(admin.unregisterBroker(broker).all());
    }

    private boolean leads(String topic, int partition, int broker) {
        try {
            return done(admin.describeTopics(List.of(topic)).allTopicNames())
                            .get(topic)
                            .partitions()
                            .get(partition)
                            .leader()
                            .id()
                    == broker;
        } catch (ExecutionException | TimeoutException | InterruptedException notYet) {
            return false;
        }
    }

    private boolean isMoving() {
        try {
            return !done(admin.listPartitionReassignments().reassignments()).isEmpty();
        } catch (ExecutionException | TimeoutException | InterruptedException notYet) {
            return true;
        }
    }

    private static <T> T done(KafkaFuture<T> future)
            throws ExecutionException, TimeoutException, InterruptedException {
        return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }
}
