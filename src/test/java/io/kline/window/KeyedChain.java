package io.kline.window;

import io.kline.continuity.StoredCandles;
import io.kline.continuity.Ticks;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.state.Types;
import io.kline.store.KlineEvent;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The keyed operators of the live job on one subtask, as the job chains them, with snapshots of all
 * at one moment.
 */
final class KeyedChain implements AutoCloseable {

    /** What all operators hold at one moment. */
    record Snapshot(
            OperatorSubtaskState held, OperatorSubtaskState merge, OperatorSubtaskState form) {}

    private static final OutputTag<KlineEvent> EVENTS =
            new OutputTag<>("events", Types.KLINE_EVENT);
    private static final TypeInformation<String> KEY =
            org.apache.flink.api.common.typeinfo.Types.STRING;
    private static final int MAX_PARALLELISM = 720;

    final List<Candle> candles = new ArrayList<>();
    final List<KlineEvent> events = new ArrayList<>();

    private final OneInputStreamOperatorTestHarness<Trade, Trade> held;
    private final KeyedOneInputStreamOperatorTestHarness<String, Trade, Partial> merge;
    private final KeyedOneInputStreamOperatorTestHarness<String, Partial, Candle> form;
    private long snapshots;

    KeyedChain(List<Interval> intervals, long lateness, boolean ticks, Snapshot from, long now)
            throws Exception {
        held = new OneInputStreamOperatorTestHarness<>(new HeldWatermark());
        merge =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(new MergeTrades(333)),
                        Trade::symbol,
                        KEY,
                        MAX_PARALLELISM,
                        1,
                        0);
        form =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new KeyedProcessOperator<>(
                                new FormCandles(
                                        intervals,
                                        lateness,
                                        new Ticks(ticks),
                                        StoredCandles::none,
                                        EVENTS)),
                        Partial::symbol,
                        KEY,
                        MAX_PARALLELISM,
                        1,
                        0);
        held.setup(Types.TRADE.createSerializer((SerializerConfig) null));
        merge.setup(Types.PARTIAL.createSerializer((SerializerConfig) null));
        form.setup(Types.CANDLE.createSerializer((SerializerConfig) null));
        merge.setProcessingTime(now);
        form.setProcessingTime(now);
        if (from != null) {
            held.initializeState(from.held());
            merge.initializeState(from.merge());
            form.initializeState(from.form());
        }
        form.open();
        merge.open();
        held.open();
        flow();
    }

    void trade(Trade trade) throws Exception {
        held.processElement(new StreamRecord<>(trade, trade.time()));
        flow();
    }

    void watermark(long time) throws Exception {
        held.processWatermark(new Watermark(time));
        flow();
    }

    void wallClock(long now) throws Exception {
        merge.setProcessingTime(now);
        flow();
        form.setProcessingTime(now);
        flow();
    }

    Snapshot snapshot() throws Exception {
        snapshots++;
        return new Snapshot(
                held.snapshot(snapshots, 0),
                merge.snapshot(snapshots, 0),
                form.snapshot(snapshots, 0));
    }

    int stateEntries() {
        return merge.numKeyedStateEntries() + form.numKeyedStateEntries();
    }

    int pendingEntries() {
        return merge.numKeyedStateEntries();
    }

    int timers() {
        return merge.numEventTimeTimers()
                + merge.numProcessingTimeTimers()
                + form.numEventTimeTimers()
                + form.numProcessingTimeTimers();
    }

    @Override
    public void close() {
        try {
            held.close();
            merge.close();
            form.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("unchecked")
    private void flow() throws Exception {
        for (Object out = held.getOutput().poll(); out != null; out = held.getOutput().poll()) {
            if (out instanceof Watermark mark) {
                merge.processWatermark(mark);
            } else {
                merge.processElement((StreamRecord<Trade>) out);
            }
        }
        for (Object out = merge.getOutput().poll(); out != null; out = merge.getOutput().poll()) {
            if (out instanceof Watermark mark) {
                form.processWatermark(mark);
            } else {
                form.processElement((StreamRecord<Partial>) out);
            }
        }
        for (Object out = form.getOutput().poll(); out != null; out = form.getOutput().poll()) {
            if (out instanceof StreamRecord<?> record) {
                candles.add((Candle) record.getValue());
            }
        }
        var side = form.getSideOutput(EVENTS);
        while (side != null && !side.isEmpty()) {
            events.add(side.poll().getValue());
        }
    }
}
