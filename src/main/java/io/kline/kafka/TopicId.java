package io.kline.kafka;

import java.io.Serializable;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Reads the id that Kafka has given to a topic. A topic that was deleted and created anew has
 * another one: offsets of the old topic mean nothing in it.
 */
@FunctionalInterface
public interface TopicId extends Serializable {

    /**
     * The id of the topic.
     *
     * @throws ExecutionException if Kafka does not give it
     */
    String read() throws ExecutionException, InterruptedException;

    /**
     * The way to the id of a topic.
     *
     * @param kafka connection properties
     */
    static TopicId of(String topic, Properties kafka) {
        return () -> {
            try (Admin admin = Admin.create(kafka)) {
                return admin.describeTopics(List.of(topic))
                        .allTopicNames()
                        .get()
                        .get(topic)
                        .topicId()
                        .toString();
            }
        };
    }
}
