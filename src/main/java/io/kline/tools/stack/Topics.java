package io.kline.tools.stack;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of a broker. */
public final class Topics {

    private static final int TIMEOUT_SECONDS = 60;

    private Topics() {}

    /** Creates those of the topics that do not exist; leaves the others as they are. */
    public static void create(String address, Collection<NewTopic> topics) {
        try (Admin admin = admin(address)) {
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                try {
                    created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                } catch (ExecutionException e) {
                    if (!(e.getCause() instanceof TopicExistsException)) {
                        throw e;
                    }
                }
            }
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            throw new ServerException("kafka: cannot create topics: " + e, e);
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
