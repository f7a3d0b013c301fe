package io.kline.state;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * Counters that go on where the checkpoint left off, so that sums hold over restarts: what is
 * replayed is counted once. After a rescale the counts are spread anew; only the sum over the
 * subtasks means something.
 */
public final class KeptCounters {

    private record Kept(Counter counter, ListState<Long> state) {}

    private final OperatorStateStore store;
    private final List<Kept> all = new ArrayList<>();

    /** Counters of one operator; made when its state is initialized. */
    public KeptCounters(OperatorStateStore store) {
        this.store = store;
    }

    /**
     * Registers a counter.
     *
     * @param key names its state; never changes
     */
    public Counter counter(String key, MetricGroup metrics, String name) throws Exception {
        ListState<Long> state =
                store.getListState(
                        new ListStateDescriptor<>("count-" + key, LongSerializer.INSTANCE));
        Counter counter = metrics.counter(name);
        for (long count : state.get()) {
            counter.inc(count);
        }
        all.add(new Kept(counter, state));
        return counter;
    }

    /** Writes all counts into the state; called when a snapshot is taken. */
    public void snapshot() throws Exception {
        for (Kept kept : all) {
            kept.state.update(List.of(kept.counter.getCount()));
        }
    }
}
