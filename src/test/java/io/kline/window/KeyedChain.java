package io.kline.window;

import io.kline.continuity.SightStoredSymbols;
import io.kline.continuity.StoredCandles;
import io.kline.continuity.Ticks;
import io.kline.dedupe.DropDuplicates;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.Trade;
import io.kline.source.Inbound;
import io.kline.state.Types;
import io.kline.store.KlineEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironment;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The keyed operators of the live job on one of its subtasks, as the job chains them, with
 * snapshots of all at one moment.
 */
final class KeyedChain implements AutoCloseable {

    /** What the job is told, the same for every subtask. */
    record Settings(
            List<Interval> intervals, long lateness, boolean ticks, StoredCandles.Opener stored) {

        Settings(List<Interval> intervals, long lateness, boolean ticks) {
            this(intervals, lateness, ticks, start -> StoredCandles.none());
        }
    }

    /** What the operators of one or all subtasks hold at one moment, in the order of the chain. */
    record Snapshot(List<OperatorSubtaskState> operators) {

        /** The snapshots of all subtasks as one. */
        static Snapshot together(List<Snapshot> subtasks) throws Exception {
            List<OperatorSubtaskState> operators = new ArrayList<>();
            for (int i = 0; i < subtasks.get(0).operators().size(); i++) {
                int operator = i;
                operators.add(
                        AbstractStreamOperatorTestHarness.repackageState(
                                subtasks.stream()
                                        .map(subtask -> subtask.operators().get(operator))
                                        .toArray(OperatorSubtaskState[]::new)));
            }
            return new Snapshot(operators);
        }

        /** What one subtask gets of it when the job comes back with another parallelism. */
        Snapshot partFor(int before, int parallelism, int subtask) {
            return new Snapshot(
                    operators.stream()
                            .map(
                                    state ->
                                            AbstractStreamOperatorTestHarness
                                                    .repartitionOperatorState(
                                                            state,
                                                            MAX_PARALLELISM,
                                                            before,
                                                            parallelism,
                                                            subtask))
                            .toList());
        }
    }

    /** Few key groups: snapshots of the heap backend take time for each of them. */
    static final int MAX_PARALLELISM = 6;

    /** One for all: its threads cost more than what is tested. */
    private static final IOManager DISK = new IOManagerAsync();

    private static final OutputTag<KlineEvent> EVENTS =
            new OutputTag<>("events", Types.KLINE_EVENT);
    private static final OutputTag<Inbound> DEAD_LETTERS =
            new OutputTag<>("dead-letters", Types.INBOUND);
    private static final TypeInformation<String> KEY =
            org.apache.flink.api.common.typeinfo.Types.STRING;

    final List<Candle> candles = new ArrayList<>();
    final List<KlineEvent> events = new ArrayList<>();

    private final OneInputStreamOperatorTestHarness<Trade, Trade> hold;
    private final OneInputStreamOperatorTestHarness<Trade, Trade> sight;
    private final KeyedOneInputStreamOperatorTestHarness<String, Trade, Trade> dedupe;
    private final KeyedOneInputStreamOperatorTestHarness<String, Trade, Partial> merge;
    private final KeyedOneInputStreamOperatorTestHarness<String, Partial, Candle> form;
    private final List<OneInputStreamOperatorTestHarness<?, ?>> operators;
    private long snapshots;

    /** The only subtask of a job. */
    KeyedChain(Settings settings, Snapshot from, long now) throws Exception {
        this(settings, 1, 0, from, now);
    }

    KeyedChain(Settings settings, int parallelism, int subtask, Snapshot from, long now)
            throws Exception {
        Supplier<MockEnvironment> task =
                () ->
                        new MockEnvironmentBuilder()
                                .setMaxParallelism(MAX_PARALLELISM)
                                .setParallelism(parallelism)
                                .setSubtaskIndex(subtask)
                                .setIOManager(DISK)
                                .build();
        hold = new OneInputStreamOperatorTestHarness<>(new HeldWatermark(), task.get());
        sight =
                new OneInputStreamOperatorTestHarness<>(
                        new SightStoredSymbols(settings.stored()), task.get());
        dedupe =
                keyed(
                        new DropDuplicates(
                                settings.intervals(),
                                settings.lateness(),
                                settings.stored(),
                                DEAD_LETTERS),
                        Trade::symbol,
                        task);
        merge = keyed(new MergeTrades(333), Trade::symbol, task);
        form =
                keyed(
                        new FormCandles(
                                settings.intervals(),
                                settings.lateness(),
                                new Ticks(settings.ticks()),
                                settings.stored(),
                                EVENTS),
                        Partial::symbol,
                        task);
        operators = List.of(hold, sight, dedupe, merge, form);
        hold.setup(Types.TRADE.createSerializer((SerializerConfig) null));
        sight.setup(Types.TRADE.createSerializer((SerializerConfig) null));
        dedupe.setup(Types.TRADE.createSerializer((SerializerConfig) null));
        merge.setup(Types.PARTIAL.createSerializer((SerializerConfig) null));
        form.setup(Types.CANDLE.createSerializer((SerializerConfig) null));
        for (int i = operators.size() - 1; i >= 0; i--) {
            OneInputStreamOperatorTestHarness<?, ?> operator = operators.get(i);
            operator.setProcessingTime(now);
            if (from != null) {
                operator.initializeState(from.operators().get(i));
            }
            operator.open();
        }
        flow();
    }

    void trade(Trade trade) throws Exception {
        hold.processElement(new StreamRecord<>(trade, trade.time()));
        flow();
    }

    void watermark(long time) throws Exception {
        hold.processWatermark(new Watermark(time));
        flow();
    }

    void wallClock(long now) throws Exception {
        for (OneInputStreamOperatorTestHarness<?, ?> operator : operators) {
            operator.setProcessingTime(now);
            flow();
        }
    }

    Snapshot snapshot() throws Exception {
        snapshots++;
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (OneInputStreamOperatorTestHarness<?, ?> operator : operators) {
            operator.prepareSnapshotPreBarrier(snapshots);
            flow();
        }
        for (OneInputStreamOperatorTestHarness<?, ?> operator : operators) {
            states.add(operator.snapshot(snapshots, 0));
        }
        return new Snapshot(states);
    }

    /** Trades that wait to be merged. */
    int pendingEntries() {
        return merge.numKeyedStateEntries();
    }

    /** Symbols whose candles are held. */
    int symbols() {
        return form.numKeyedStateEntries();
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
            for (OneInputStreamOperatorTestHarness<?, ?> operator : operators) {
                operator.close();
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static <I, O> KeyedOneInputStreamOperatorTestHarness<String, I, O> keyed(
            KeyedProcessFunction<String, I, O> function,
            KeySelector<I, String> key,
            Supplier<MockEnvironment> task)
            throws Exception {
        return new KeyedOneInputStreamOperatorTestHarness<>(
                new KeyedProcessOperator<>(function), key, KEY, task.get());
    }

    private void flow() throws Exception {
        pass(hold, sight);
        pass(sight, dedupe);
        pass(dedupe, merge);
        pass(merge, form);
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

    @SuppressWarnings("unchecked")
    private static <T> void pass(
            OneInputStreamOperatorTestHarness<?, T> from,
            OneInputStreamOperatorTestHarness<T, ?> to)
            throws Exception {
        for (Object out = from.getOutput().poll(); out != null; out = from.getOutput().poll()) {
            if (out instanceof Watermark mark) {
                to.processWatermark(mark);
            } else {
                to.processElement((StreamRecord<T>) out);
            }
        }
    }
}
