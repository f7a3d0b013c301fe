package io.kline.window;

import io.kline.model.Trade;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Keeps event time from going back when the job is restored. Flink's checkpoints do not hold
 * watermarks (FLINK-5601), so after a restore everything would count as in time until the sources
 * catch up, and what is late would be judged differently than before. This operator behind the
 * shuffle remembers the watermark, emits it again before the first record, and passes on only
 * higher ones.
 */
public final class HeldWatermark extends AbstractStreamOperator<Trade>
        implements OneInputStreamOperator<Trade, Trade> {

    private static final ListStateDescriptor<Long> DESCRIPTOR =
            new ListStateDescriptor<>("watermark", LongSerializer.INSTANCE);

    private transient ListState<Long> state;
    private transient long watermark;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        state = context.getOperatorStateStore().getUnionListState(DESCRIPTOR);
        watermark = Long.MIN_VALUE;
        // Aligned barriers leave the same watermark on every subtask; after a rescale each takes it
        // over.
        for (Long held : state.get()) {
            watermark = Math.max(watermark, held);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        if (watermark > Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(watermark));
        }
    }

    @Override
    public void processElement(StreamRecord<Trade> element) {
        output.collect(element);
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.equals(Watermark.MAX_WATERMARK)) {
            // The end of a bounded input is not a time that a later run could hold on to.
            super.processWatermark(mark);
        } else if (mark.getTimestamp() > watermark) {
            watermark = mark.getTimestamp();
            super.processWatermark(mark);
        }
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.clear();
        state.add(watermark);
    }
}
