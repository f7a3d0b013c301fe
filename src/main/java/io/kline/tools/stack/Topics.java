package io.kline.tools.stack;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of a broker. */
public final class Topics {

    private static final int TIMEOUT_SECONDS = 60;

    private Topics() {}

    /**
     * Creates those of the topics that do not exist, and returns when they can be written to;
     * leaves the others as they are.
     */
    public static void create(String address, Collection<NewTopic> topics) {
        try (Admin admin = admin(address)) {
            CreateTopicsResult creation = admin.createTopics(topics);
            Map<TopicPartition, OffsetSpec> created = new HashMap<>();
            for (String topic : creation.values().keySet()) {
                try {
                    int partitions =
                            creation.numPartitions(topic).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                    for (int i = 0; i < partitions; i++) {
                        created.put(new TopicPartition(topic, i), OffsetSpec.latest());
                    }
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
            Await.until(
                    "kafka: that the leaders of " + creation.values().keySet() + " serve them",
                    Duration.ofSeconds(TIMEOUT_SECONDS),
                    () -> areServed(admin, created));
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new ServerException("kafka: cannot create topics: " + e, e);
        }
    }

    /**
     * Whether the leaders of all partitions answer. A topic is known before they do. A leader that
     * refuses a producer's first batch and takes its second refuses the first for ever, as out of
     * order.
     */
    private static boolean areServed(Admin admin, Map<TopicPartition, OffsetSpec> partitions) {
        try {
            admin.listOffsets(partitions).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw new ServerException("kafka: cannot look for topics: " + e, e);
        } catch (TimeoutException | InterruptedException e) {
            throw new ServerException("kafka: cannot look for topics: " + e, e);
        }
    }

    /** Whether a broker at this address says which nodes its cluster has. */
    static boolean answers(String address) {
        try (Admin admin = admin(address)) {
            return !admin.describeCluster()
                    .nodes()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                    .isEmpty();
        } catch (ExecutionException | TimeoutException | InterruptedException notYet) {
            return false;
        }
    }

    private static Admin admin(String address) {
        return Admin.create(
                Map.of(
                        AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                        address,
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        TIMEOUT_SECONDS * 1_000,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        5_000));
    }
}
