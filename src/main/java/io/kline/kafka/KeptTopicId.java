package io.kline.kafka;

import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.StringSerializer;

/**
 * The id of the topic that a job reads, beside its offsets in the state: a job must not go on at
 * the offsets of a topic that is no longer there.
 */
public final class KeptTopicId {

    private KeptTopicId() {}

    /**
     * Compares the id with that of the state, and keeps it there.
     *
     * @param name of the topic, in the error
     * @param advice what to do, in the error
     * @throws IllegalStateException if the state is of another topic
     */
    public static void require(
            OperatorStateStore state, TopicId topicId, String name, String advice)
            throws Exception {
        ListState<String> kept =
                state.getListState(
                        new ListStateDescriptor<>("topic-id", StringSerializer.INSTANCE));
        String now = topicId.read();
        for (String before : kept.get()) {
            if (!before.equals(now)) {
                throw new IllegalStateException(
                        "The topic of "
                                + name
                                + " was deleted and created anew since this state was written (its"
                                + " id was "
                                + before
                                + ", now it is "
                                + now
                                + "): the offsets mean nothing in it. "
                                + advice);
            }
        }
        kept.update(List.of(now));
    }
}
