package io.kline.continuity;

import io.kline.model.Trade;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Sends a {@linkplain Trade#sighting sighting} of every symbol that an earlier run has left candles
 * of, when the job starts without state: ahead of the symbol's first trade, and of a quiet symbol
 * before the first checkpoint. So whatever is to be taken over from the store is in every
 * checkpoint, and a job that was restored from one asks nobody.
 *
 * <p>The trade may be one that was folded before and is dropped as a duplicate; the sighting tells
 * from what time on trades are being read again all the same.
 */
public final class SightStoredSymbols extends AbstractStreamOperator<Trade>
        implements OneInputStreamOperator<Trade, Trade> {

    private final StoredCandles.Opener earlierCandles;

    private transient Set<String> own;
    private transient Set<String> unsighted;
    private transient long earliest;
    private transient boolean isStarting;

    /**
     * @param earlierCandles leads to the candles of an earlier run
     */
    public SightStoredSymbols(StoredCandles.Opener earlierCandles) {
        this.earlierCandles = earlierCandles;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        own = Set.of();
        earliest = Long.MAX_VALUE;
        isStarting = !context.isRestored();
        if (isStarting) {
            try (StoredCandles stored = stored()) {
                own =
                        stored.symbols().stream()
                                .filter(this::isOwn)
                                .collect(Collectors.toUnmodifiableSet());
            }
        }
        unsighted = new HashSet<>(own);
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        if (isStarting) {
            try (StoredCandles stored = stored()) {
                stored.forget(own);
            }
            isStarting = false;
        }
    }

    private StoredCandles stored() {
        return earlierCandles.open(getContainingTask().getEnvironment().getJobID().toString());
    }

    @Override
    public void processElement(StreamRecord<Trade> element) {
        if (!unsighted.isEmpty()) {
            Trade trade = element.getValue();
            earliest = Math.min(earliest, trade.time());
            if (unsighted.remove(trade.symbol())) {
                output.collect(new StreamRecord<>(Trade.sighting(trade.symbol(), trade.time())));
            }
        }
        output.collect(element);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        if (!unsighted.isEmpty()) {
            long time = Math.min(earliest, getProcessingTimeService().getCurrentProcessingTime());
            for (String symbol : unsighted) {
                output.collect(new StreamRecord<>(Trade.sighting(symbol, time)));
            }
            unsighted.clear();
        }
    }

    private boolean isOwn(String symbol) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        symbol,
                        task.getMaxNumberOfParallelSubtasks(),
                        task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }
}
