package io.kline.live;

import io.kline.candle.Rules;
import io.kline.model.Candle;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound.Accepted;
import io.kline.model.KlineEvent;
import io.kline.model.Lag;
import io.kline.model.LateTrade;
import io.kline.model.RawRecord;
import io.kline.model.Trade;
import io.kline.model.TradeBundle;
import io.kline.state.KlineTypes;
import io.kline.store.TradeJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.io.disk.iomanager.IOManager;
import org.apache.flink.runtime.io.disk.iomanager.IOManagerAsync;
import org.apache.flink.runtime.operators.testutils.MockEnvironmentBuilder;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** The operator of candles on one of its subtasks. */
final class LiveHarness implements AutoCloseable {

    /**
     * What the job is asked for, the same for every subtask.
     *
     * @param mergeInterval ms
     */
    record Settings(Rules rules, boolean ticks, long mergeInterval, StoredCandles.Opener stored) {

        Settings(Rules rules, boolean ticks) {
            this(rules, ticks, 333, start -> StoredCandles.none());
        }
    }

    /** Few key groups: snapshots of the heap backend take time for each of them. */
    static final int MAX_PARALLELISM = 6;

    /** One for all: its threads cost more than what is tested. */
    private static final IOManager DISK = new IOManagerAsync();

    private static final OutputTag<KlineEvent> EVENTS =
            new OutputTag<>("events", KlineTypes.KLINE_EVENT);
    private static final OutputTag<DeadLetter> DEAD_LETTERS =
            new OutputTag<>("dead-letters", KlineTypes.DEAD_LETTER);

    final List<Candle> candles = new ArrayList<>();
    final List<KlineEvent> events = new ArrayList<>();
    final List<Candle> closed = new ArrayList<>();
    final List<LateTrade> late = new ArrayList<>();
    final List<DeadLetter> dead = new ArrayList<>();

    private final KeyedOneInputStreamOperatorTestHarness<String, TradeBundle, Candle> operator;

    /** Time that has passed, and how much passes with each look at it, ms. */
    private final long[] elapsed;

    private long wallAhead;
    private long snapshots;

    /** The only subtask of a job. */
    LiveHarness(Settings settings, OperatorSubtaskState from, long now) throws Exception {
        this(settings, 1, 0, from, now);
    }

    LiveHarness(
            Settings settings, int parallelism, int subtask, OperatorSubtaskState from, long now)
            throws Exception {
        long[] clock = {now, 0};
        elapsed = clock;
        operator =
                new KeyedOneInputStreamOperatorTestHarness<>(
                        new FormCandles(
                                new CandleSettings(
                                        settings.rules(),
                                        settings.mergeInterval(),
                                        5_000,
                                        600_000,
                                        new Ticks(settings.ticks()),
                                        () -> clock[0] += clock[1]),
                                settings.stored(),
                                EVENTS,
                                DEAD_LETTERS),
                        TradeBundle::symbol,
                        org.apache.flink.api.common.typeinfo.Types.STRING,
                        new MockEnvironmentBuilder()
                                .setMaxParallelism(MAX_PARALLELISM)
                                .setParallelism(parallelism)
                                .setSubtaskIndex(subtask)
                                .setIOManager(DISK)
                                .build());
        operator.setup(KlineTypes.CANDLE.createSerializer((SerializerConfig) null));
        operator.setProcessingTime(now);
        if (from != null) {
            operator.initializeState(from);
        }
        operator.open();
        drain();
    }

    /** The snapshots of all subtasks as one. */
    static OperatorSubtaskState together(List<OperatorSubtaskState> subtasks) throws Exception {
        return AbstractStreamOperatorTestHarness.repackageState(
                subtasks.toArray(OperatorSubtaskState[]::new));
    }

    /** What one subtask gets of a snapshot when the job comes back with another parallelism. */
    static OperatorSubtaskState partFor(
            OperatorSubtaskState all, int before, int parallelism, int subtask) {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                all, MAX_PARALLELISM, before, parallelism, subtask);
    }

    /** A trade that Kafka got this moment. */
    void trade(Trade trade) throws Exception {
        trade(trade, 0, false);
    }

    /** A trade of a partition that is perhaps catching up. */
    void trade(Trade trade, int partition, boolean behind) throws Exception {
        trades(List.of(trade), partition, behind);
    }

    /** Trades of one symbol that have travelled together. */
    void trades(List<Trade> trades, int partition, boolean behind) throws Exception {
        List<Accepted> bundle =
                trades.stream().map(trade -> accepted(trade, partition, behind)).toList();
        operator.processElement(
                new StreamRecord<>(new TradeBundle(trades.get(0).symbol(), bundle)));
        drain();
    }

    private Accepted accepted(Trade trade, int partition, boolean behind) {
        byte[] value = TradeJson.write(trade, trade.time());
        byte[] key = trade.symbol().getBytes(StandardCharsets.UTF_8);
        RawRecord raw = new RawRecord(partition, trade.id(), key, value);
        return new Accepted(trade, raw, elapsed[0] + 5_000, behind ? Lag.LONG : Lag.NONE);
    }

    void watermark(long time) throws Exception {
        operator.processWatermark(time);
        drain();
    }

    /** Both clocks have come to {@code now}, ms. */
    void wallClock(long now) throws Exception {
        elapsed[0] = Math.max(elapsed[0], now);
        operator.setProcessingTime(elapsed[0] + wallAhead);
        drain();
    }

    /** From now on work takes time, ms for each look at the clock. */
    void takesTime(long millis) {
        elapsed[1] = millis;
    }

    /** The wall clock jumps ahead of time, ms. */
    void jump(long ahead) throws Exception {
        wallAhead += ahead;
        wallClock(elapsed[0]);
    }

    void endInput() throws Exception {
        operator.endInput();
        drain();
    }

    OperatorSubtaskState snapshot() throws Exception {
        snapshots++;
        operator.prepareSnapshotPreBarrier(snapshots);
        drain();
        return operator.snapshot(snapshots, 0);
    }

    /** Symbols whose candles are held. */
    int symbols() {
        return operator.numKeyedStateEntries();
    }

    /** Timers that are in checkpoints. */
    int timers() {
        return operator.numEventTimeTimers() + operator.numProcessingTimeTimers();
    }

    /** The newest candle that came. */
    Candle last() {
        return candles.get(candles.size() - 1);
    }

    @Override
    public void close() {
        try {
            operator.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void drain() {
        for (Object out = operator.getOutput().poll();
                out != null;
                out = operator.getOutput().poll()) {
            if (out instanceof StreamRecord<?> record) {
                candles.add((Candle) record.getValue());
            }
        }
        var sideEvents = operator.getSideOutput(EVENTS);
        while (sideEvents != null && !sideEvents.isEmpty()) {
            KlineEvent event = sideEvents.poll().getValue();
            events.add(event);
            if (event instanceof KlineEvent.Closed one) {
                closed.add(one.candle());
            } else {
                late.add(((KlineEvent.Late) event).late());
            }
        }
        var letters = operator.getSideOutput(DEAD_LETTERS);
        while (letters != null && !letters.isEmpty()) {
            dead.add(letters.poll().getValue());
        }
    }
}
