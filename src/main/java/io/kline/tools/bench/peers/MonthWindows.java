package io.kline.tools.bench.peers;

import io.kline.model.Interval;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.streaming.api.windowing.assigners.WindowAssigner;
import org.apache.flink.streaming.api.windowing.triggers.EventTimeTrigger;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/** Windows of a calendar month, UTC: Flink has only windows of fixed length. */
final class MonthWindows extends WindowAssigner<Object, TimeWindow> {

    private final Interval month = Interval.parse("1M", ZoneOffset.UTC);

    @Override
    public Collection<TimeWindow> assignWindows(
            Object element, long time, WindowAssignerContext context) {
        long open = month.openOf(time);
        return List.of(new TimeWindow(open, month.nextOpen(open)));
    }

    @Override
    public Trigger<Object, TimeWindow> getDefaultTrigger() {
        return EventTimeTrigger.create();
    }

    @Override
    public TypeSerializer<TimeWindow> getWindowSerializer(ExecutionConfig config) {
        return new TimeWindow.Serializer();
    }

    @Override
    public boolean isEventTime() {
        return true;
    }
}
