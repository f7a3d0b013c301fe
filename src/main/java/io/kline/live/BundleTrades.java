package io.kline.live;

import io.kline.model.Inbound.Accepted;
import io.kline.model.TradeBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Holds the trades of each symbol for a moment, so that they share the cost of a shuffled record: a
 * busy symbol trades many times between two merges. The trades of a symbol stay in their order. No
 * watermark, no change of idleness and no barrier overtakes a trade, so nothing is in state.
 */
public final class BundleTrades extends AbstractStreamOperator<TradeBundle>
        implements OneInputStreamOperator<Accepted, TradeBundle>, BoundedOneInput {

    /** Some 10 KB: most bundles then fit into a network buffer with others. */
    private static final int MOST = 32;

    private final long linger;

    private transient Map<String, List<Accepted>> open;
    private transient StreamRecord<TradeBundle> record;
    private transient boolean isScheduled;

    /**
     * @param linger how long a trade is held at most, ms
     */
    public BundleTrades(long linger) {
        this.linger = linger;
    }

    @Override
    public void open() throws Exception {
        super.open();
        open = new HashMap<>();
        record = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<Accepted> element) {
        Accepted accepted = element.getValue();
        List<Accepted> trades =
                open.computeIfAbsent(accepted.symbol(), symbol -> new ArrayList<>());
        trades.add(accepted);
        if (trades.size() == MOST) {
            open.remove(accepted.symbol());
            emit(trades);
        } else if (!isScheduled) {
            isScheduled = true;
            long now = getProcessingTimeService().getCurrentProcessingTime();
            getProcessingTimeService().registerTimer(now + linger, time -> fire());
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        emitAll();
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        emitAll();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) {
        emitAll();
    }

    @Override
    public void endInput() {
        emitAll();
    }

    private void fire() {
        isScheduled = false;
        emitAll();
    }

    private void emitAll() {
        open.values().forEach(this::emit);
        open.clear();
    }

    private void emit(List<Accepted> trades) {
        output.collect(record.replace(new TradeBundle(trades.get(0).symbol(), trades)));
    }
}
