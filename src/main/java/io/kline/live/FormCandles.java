package io.kline.live;

import static org.apache.flink.runtime.state.KeyGroupRangeAssignment.assignKeyToParallelOperator;

import io.kline.candle.CandleOutput;
import io.kline.candle.SymbolCandles;
import io.kline.candle.TakeOver;
import io.kline.model.Candle;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound.Accepted;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import io.kline.model.TradeBundle;
import io.kline.state.KlineTypes;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Trades of a symbol become its candles: keyed event-time tumbling windows with allowed lateness,
 * in the symbol's own event time. What is decided about a trade is decided by {@link
 * SymbolCandles}; this operator brings it trades and times.
 *
 * <pre>
 *   trades ─────────── offer ─┐                         ┌─► candles: every version
 *   watermark, grid ── merge ─┼─► SymbolCandles (state) ┼─► events: closed candles, late trades
 *   processing time ── tick ──┘                         └─► dead letters: undecided executions
 * </pre>
 *
 * <p>There are no keyed timers: one of each kind serves all symbols of the subtask, and none is in
 * a checkpoint.
 */
public final class FormCandles extends AbstractStreamOperator<Candle>
        implements OneInputStreamOperator<TradeBundle, Candle>, BoundedOneInput {

    private static final long MINUTE = 60_000;

    /**
     * So many minutes, or single late trades, of one symbol are not kept waiting: trades of the
     * past are read fast.
     */
    private static final int MANY_MINUTES = 1_024;

    private final CandleSettings settings;
    private final StoredCandles.Opener earlierCandles;
    private final OutputTag<KlineEvent> events;
    private final OutputTag<DeadLetter> deadLetters;

    private transient CandleCounters counters;
    private transient Offers offers;
    private transient EarlierRun earlier;
    private transient boolean isRestored;
    private transient ValueState<SymbolCandles> state;
    private transient CandleOutput out;
    private transient LiveSymbols symbols;
    private transient MergeGrid grid;
    private transient Backlog backlog;
    private transient Present present;
    private transient Ticker ticker;

    /**
     * @param earlierCandles leads to the candles of an earlier run, for a start without state
     * @param events the side output of closed candles and late trades
     * @param deadLetters the side output of trades that cannot be counted
     */
    public FormCandles(
            CandleSettings settings,
            StoredCandles.Opener earlierCandles,
            OutputTag<KlineEvent> events,
            OutputTag<DeadLetter> deadLetters) {
        this.settings = settings;
        this.earlierCandles = earlierCandles;
        this.events = events;
        this.deadLetters = deadLetters;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        counters = new CandleCounters(context.getOperatorStateStore(), getMetricGroup());
        isRestored = context.isRestored();
        String start = getContainingTask().getEnvironment().getJobID().toString();
        earlier = new EarlierRun(earlierCandles, start);
        if (!isRestored) {
            earlier.open(this::isOwn);
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        ValueStateDescriptor<SymbolCandles> descriptor =
                new ValueStateDescriptor<>("candles", KlineTypes.SYMBOL_CANDLES);
        state = getRuntimeContext().getState(descriptor);
        out = new Emitter();
        offers =
                new Offers(
                        settings.rules(),
                        counters,
                        dead -> output.collect(deadLetters, new StreamRecord<>(dead)));
        symbols = new LiveSymbols(settings.rules(), state, this::setCurrentKey, out);
        getKeyedStateBackend()
                .applyToAllKeys(
                        VoidNamespace.INSTANCE,
                        VoidNamespaceSerializer.INSTANCE,
                        descriptor,
                        (key, candles) -> symbols.add(candles.value()));
        backlog = new Backlog(settings.idleTimeout(), Ticks.RETRY);
        grid =
                new MergeGrid(
                        settings.mergeInterval(),
                        backlog::recentLag,
                        symbols,
                        getProcessingTimeService(),
                        settings.elapsed());
        present = new Present();
        ticker =
                new Ticker(
                        settings.ticks(),
                        grid,
                        backlog,
                        present,
                        getProcessingTimeService(),
                        settings.elapsed());
        counters.gauges(symbols, grid, ticker, isRestored);
        grid.schedule();
        ticker.start();
        new Reissue(
                        settings.reissueInterval(),
                        symbols,
                        getProcessingTimeService(),
                        settings.elapsed())
                .start(isRestored);
    }

    @Override
    public void processElement(StreamRecord<TradeBundle> element) throws Exception {
        TradeBundle bundle = element.getValue();
        List<Accepted> trades = bundle.trades();
        long now = settings.elapsed().millis();
        for (int i = 0; i < trades.size(); i++) {
            Accepted accepted = trades.get(i);
            backlog.seen(accepted.raw().partition(), accepted.lag());
            present.seen(accepted.present(), now);
            earlier.seen(accepted.trade().time());
        }
        SymbolCandles candles = state.value();
        if (candles == null) {
            candles = firstSight(bundle.symbol());
        }
        LiveSymbol symbol = symbols.get(bundle.symbol());
        grid.makeRoom(symbol);
        if (offers.offer(trades, candles)) {
            state.update(candles);
            grid.add(symbol);
            if (candles.pending().waiting() >= MANY_MINUTES) {
                grid.merge(symbol);
            }
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        // The last watermark of a bounded input says that nothing more comes, not that every candle
        // is over.
        if (mark.getTimestamp() != Long.MAX_VALUE) {
            long eventTime = Math.floorDiv(mark.getTimestamp() + 1, MINUTE) * MINUTE;
            if (eventTime > grid.eventTime()) {
                grid.advanceTo(eventTime);
            }
        }
        super.processWatermark(mark);
    }

    @Override
    public void endInput() throws Exception {
        takeOverTheRest();
        grid.finish();
    }

    /**
     * All attempts before the first checkpoint begin with the same candles; later ones ask nobody.
     * With a checkpoint the offsets of Kafka's consumer group move on: a start without state behind
     * them finds all trades before them in the candles of every interval.
     */
    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        takeOverTheRest();
        grid.settle(settings.ticks().areOn());
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        counters.snapshot();
    }

    @Override
    public void notifyCheckpointComplete(long checkpointId) throws Exception {
        super.notifyCheckpointComplete(checkpointId);
        earlier.over();
    }

    @Override
    public void close() throws Exception {
        if (earlier != null) {
            earlier.close();
        }
        super.close();
    }

    private void takeOverTheRest() throws Exception {
        for (String symbol : earlier.left()) {
            setCurrentKey(symbol);
            takeOver(symbol);
        }
    }

    /** A symbol without state is new, unless an earlier run has left its candles. */
    private SymbolCandles firstSight(String symbol) throws Exception {
        SymbolCandles candles = earlier.has(symbol) ? takeOver(symbol) : null;
        if (candles == null) {
            candles = new SymbolCandles(symbol, settings.rules());
            symbols.add(candles);
        }
        return candles;
    }

    private SymbolCandles takeOver(String symbol) throws Exception {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        TakeOver left = earlier.takeOver(symbol, settings.rules().intervals(), now);
        if (left.isEmpty()) {
            return null;
        }
        SymbolCandles candles = left.resume(settings.rules(), out);
        state.update(candles);
        symbols.add(candles);
        return candles;
    }

    private boolean isOwn(String symbol) {
        TaskInfo task = getRuntimeContext().getTaskInfo();
        return assignKeyToParallelOperator(
                        symbol,
                        task.getMaxNumberOfParallelSubtasks(),
                        task.getNumberOfParallelSubtasks())
                == task.getIndexOfThisSubtask();
    }

    /** Sends what changed to where it belongs. */
    private final class Emitter implements CandleOutput {

        private final StreamRecord<Candle> candleRecord = new StreamRecord<>(null);
        private final StreamRecord<KlineEvent> eventRecord = new StreamRecord<>(null);

        @Override
        public void candle(Candle candle) {
            counters.candles.inc();
            output.collect(candleRecord.replace(candle));
            if (candle.closed()) {
                counters.closed.inc();
                output.collect(events, eventRecord.replace(new KlineEvent.Closed(candle)));
            }
        }

        @Override
        public void again(Candle candle) {
            counters.reissued.inc();
            output.collect(candleRecord.replace(candle));
        }

        @Override
        public void late(LateTrade trade) {
            counters.late.inc();
            output.collect(events, eventRecord.replace(new KlineEvent.Late(trade)));
        }
    }
}
