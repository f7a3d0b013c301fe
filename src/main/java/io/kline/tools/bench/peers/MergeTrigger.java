package io.kline.tools.bench.peers;

import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Fires a window that has changed on a grid of processing time, at its end, and at once for each
 * trade that comes after its end. Timers of one moment are one timer, so no state is needed.
 */
final class MergeTrigger extends Trigger<Object, TimeWindow> {

    private final long interval = PeerInput.MERGE_INTERVAL.toMillis();

    @Override
    public TriggerResult onElement(
            Object element, long time, TimeWindow window, TriggerContext context) {
        if (window.maxTimestamp() <= context.getCurrentWatermark()) {
            return TriggerResult.FIRE;
        }
        context.registerEventTimeTimer(window.maxTimestamp());
        context.registerProcessingTimeTimer(next(context));
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
        return time == window.maxTimestamp() ? TriggerResult.FIRE : TriggerResult.CONTINUE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) {
        context.deleteEventTimeTimer(window.maxTimestamp());
        context.deleteProcessingTimeTimer(next(context));
    }

    private long next(TriggerContext context) {
        return (context.getCurrentProcessingTime() / interval + 1) * interval;
    }
}
