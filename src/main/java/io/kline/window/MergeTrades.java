package io.kline.window;

import io.kline.fold.Fold;
import io.kline.model.Trade;
import io.kline.state.Types;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Merges the trades of a symbol into partial candles of one minute, which it emits and forgets at
 * every merge interval of processing time and at the minute's end of event time. A trade whose
 * minute has already ended is emitted alone: it may be late for some intervals, and then each trade
 * counts by itself. So is a trade from before the end of what was taken over from a store.
 */
public final class MergeTrades extends KeyedProcessFunction<String, Trade, Partial> {

    /** The last watermark of a bounded input, before which nothing may be left waiting. */
    private static final long END_OF_INPUT = Long.MAX_VALUE;

    private final long interval;

    private transient ValueState<PendingTrades> state;

    /**
     * @param interval the merge interval, ms
     */
    public MergeTrades(long interval) {
        this.interval = interval;
    }

    @Override
    public void open(OpenContext context) {
        state =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("pending", Types.PENDING_TRADES));
    }

    @Override
    public void processElement(Trade trade, Context context, Collector<Partial> out)
            throws Exception {
        TimerService timers = context.timerService();
        Partial partial =
                new Partial(trade.symbol(), Partial.minuteOf(trade.time()), Fold.of(trade));
        PendingTrades pending = state.value();
        if (partial.isSighting()) {
            state.update(new PendingTrades(trade.time()));
            out.collect(partial);
            return;
        }
        if (pending == null) {
            pending = new PendingTrades(PendingTrades.NEVER);
        }
        if (pending.isEmpty()) {
            // One grid for all symbols: their candles then share round trips to the store.
            timers.registerProcessingTimeTimer(
                    (timers.currentProcessingTime() / interval + 1) * interval);
        }
        if (partial.lastMoment() <= timers.currentWatermark()
                || trade.time() < pending.aloneBefore()) {
            pending.addAlone(partial);
            timers.registerEventTimeTimer(END_OF_INPUT);
        } else if (pending.add(partial)) {
            timers.registerEventTimeTimer(partial.lastMoment());
        }
        state.update(pending);
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Partial> out)
            throws Exception {
        PendingTrades pending = state.value();
        if (pending == null) {
            return;
        }
        if (!pending.alone().isEmpty()) {
            context.timerService().deleteEventTimeTimer(END_OF_INPUT);
        }
        if (pending.aloneBefore() > context.timerService().currentWatermark()) {
            state.update(new PendingTrades(pending.aloneBefore()));
        } else {
            state.clear();
        }
        pending.inOrder().forEach(out::collect);
    }
}
