package io.kline.window;

import io.kline.continuity.Backlog;
import io.kline.continuity.StoredCandles;
import io.kline.continuity.Ticks;
import io.kline.fold.CandleOutput;
import io.kline.fold.Fold;
import io.kline.fold.SymbolCandles;
import io.kline.model.Candle;
import io.kline.model.Interval;
import io.kline.model.LateTrade;
import io.kline.state.KeptCounters;
import io.kline.state.Types;
import io.kline.store.KlineEvent;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Folds partial candles into the candles of every interval of their symbol, closes candles when the
 * watermark or a tick passes their end, and opens flat ones at ticks. Every new version of a candle
 * goes to the output; closed ones and trades that came too late also go to the side, for the topic.
 *
 * <p>What happens to the candles is decided in {@link SymbolCandles}; this function adds state,
 * timers and clocks.
 */
public final class FormCandles extends KeyedProcessFunction<String, Partial, Candle>
        implements CheckpointedFunction {

    private final List<Interval> intervals;
    private final long allowedLateness;
    private final Ticks ticks;
    private final StoredCandles.Opener earlierCandles;
    private final OutputTag<KlineEvent> events;

    private transient ValueState<SymbolCandles> state;
    private transient Backlog backlog;
    private transient StoredCandles stored;
    private transient KeptCounters counters;
    private transient Counter candles;
    private transient Counter closed;
    private transient Counter lateTrades;

    /**
     * @param allowedLateness how long after its end a candle is corrected here, ms of watermark
     * @param ticks when wall-clock time opens and closes candles
     * @param earlierCandles leads to the candles of an earlier run, for a start without state
     * @param events the side output for the topic
     */
    public FormCandles(
            List<Interval> intervals,
            long allowedLateness,
            Ticks ticks,
            StoredCandles.Opener earlierCandles,
            OutputTag<KlineEvent> events) {
        this.intervals = List.copyOf(intervals);
        this.allowedLateness = allowedLateness;
        this.ticks = ticks;
        this.earlierCandles = earlierCandles;
        this.events = events;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        backlog = new Backlog();
        stored = earlierCandles.open(getRuntimeContext().getJobInfo().getJobId().toString());
        counters = new KeptCounters(context.getOperatorStateStore());
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        candles = counters.counter("candles", metrics, "candles");
        closed = counters.counter("closedCandles", metrics, "closedCandles");
        lateTrades = counters.counter("lateTrades", metrics, "lateTrades");
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("candles", Types.SYMBOL_CANDLES));
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        counters.snapshot();
    }

    @Override
    public void close() {
        if (stored != null) {
            stored.close();
        }
    }

    @Override
    public void processElement(Partial partial, Context context, Collector<Candle> out)
            throws Exception {
        TimerService timers = context.timerService();
        CandleOutput emitter = new Emitter(partial.symbol(), context, out);
        SymbolCandles symbol = state.value();
        if (symbol == null) {
            symbol = firstSight(partial, timers, emitter);
        } else {
            symbol.requireIntervals(intervals);
        }
        if (!partial.isSighting()) {
            backlog.seen(partial.trades().lastTime(), timers.currentProcessingTime());
            symbol.apply(partial.trades(), timers.currentWatermark(), allowedLateness, emitter);
        }
        state.update(symbol);
        scheduleClose(symbol, timers);
        if (ticks.areOn()) {
            timers.registerProcessingTimeTimer(ticks.next(timers.currentProcessingTime()));
        }
    }

    /** A symbol without state is new, unless it is sighted: then an earlier run left candles. */
    private SymbolCandles firstSight(Partial first, TimerService timers, CandleOutput emitter)
            throws InterruptedException {
        long clock = eventTime(timers);
        if (!first.isSighting()) {
            return new SymbolCandles(first.symbol(), intervals, clock);
        }
        // The dedupe has asked before: the answer is the one that it was given.
        List<Candle> earlier = stored.newest(first.symbol(), intervals, first.trades().lastTime());
        return SymbolCandles.takenOver(first.symbol(), intervals, earlier, clock, emitter);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Candle> out) throws Exception {
        TimerService timers = context.timerService();
        if (isEndOfInput(timers)) {
            return;
        }
        SymbolCandles symbol = state.value();
        symbol.requireIntervals(intervals);
        CandleOutput emitter = new Emitter(symbol.symbol(), context, out);
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            symbol.close(eventTime(timers), timers.currentWatermark(), allowedLateness, emitter);
        } else if (ticks.areOn()) {
            timers.registerProcessingTimeTimer(tick(symbol, timers, emitter));
        }
        state.update(symbol);
        scheduleClose(symbol, timers);
    }

    /**
     * Moves a symbol to the last boundary, unless trades before it are still to come; returns when
     * to tick again.
     */
    private long tick(SymbolCandles symbol, TimerService timers, CandleOutput emitter) {
        long now = timers.currentProcessingTime();
        if (backlog.isBeingRead(now)) {
            return ticks.retry(now);
        }
        long target = ticks.step(symbol.reached(), now);
        symbol.tick(target, timers.currentWatermark(), allowedLateness, emitter);
        return ticks.nextAfter(target, now);
    }

    private void scheduleClose(SymbolCandles symbol, TimerService timers) {
        long close = symbol.nextClose();
        if (close != Long.MAX_VALUE) {
            timers.registerEventTimeTimer(close - 1);
        }
    }

    /** The first ms that is not over, by the watermark. */
    private static long eventTime(TimerService timers) {
        return Math.max(timers.currentWatermark(), -1) + 1;
    }

    /**
     * The last watermark of a bounded input says that nothing more comes, not that every candle is
     * over.
     */
    private static boolean isEndOfInput(TimerService timers) {
        return timers.currentWatermark() == Watermark.MAX_WATERMARK.getTimestamp();
    }

    /** Sends what changed to where it belongs. */
    private final class Emitter implements CandleOutput {

        private final String symbol;
        private final Context context;
        private final Collector<Candle> out;

        Emitter(String symbol, Context context, Collector<Candle> out) {
            this.symbol = symbol;
            this.context = context;
            this.out = out;
        }

        @Override
        public void candle(Candle candle) {
            candles.inc();
            out.collect(candle);
            if (candle.closed()) {
                closed.inc();
                context.output(events, new KlineEvent(candle, null));
            }
        }

        @Override
        public void late(Interval interval, long openTime, Fold trades, boolean carried) {
            lateTrades.inc();
            LateTrade late =
                    new LateTrade(interval.code(), openTime, trades.onlyTrade(symbol), carried);
            context.output(events, new KlineEvent(null, late));
        }
    }
}
