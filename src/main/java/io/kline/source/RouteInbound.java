package io.kline.source;

import io.kline.model.Trade;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Passes trades on, dead letters to the side, and counts every record once: {@code recordsIn} =
 * trades passed on + {@code ignored} + {@code deadLettered}. The last one is counted by reason, too
 * ({@code deadLetters}, label {@code reason}).
 */
public final class RouteInbound extends ProcessFunction<Inbound, Trade> {

    private final OutputTag<Inbound> deadLetters;

    private transient Counter recordsIn;
    private transient Counter ignored;
    private transient Counter deadLettered;
    private transient Map<String, Counter> byReason;

    /**
     * @param deadLetters the side output of dead letters
     */
    public RouteInbound(OutputTag<Inbound> deadLetters) {
        this.deadLetters = deadLetters;
    }

    @Override
    public void open(OpenContext context) {
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        recordsIn = metrics.counter("recordsIn");
        ignored = metrics.counter("ignored");
        deadLettered = metrics.counter("deadLettered");
        byReason = new HashMap<>();
        for (Reason reason : Reason.values()) {
            byReason.put(
                    reason.code(),
                    metrics.addGroup("reason", reason.code()).counter("deadLetters"));
        }
    }

    @Override
    public void processElement(Inbound inbound, Context context, Collector<Trade> out) {
        recordsIn.inc();
        if (inbound.trade() != null) {
            out.collect(inbound.trade());
        } else if (inbound.deadLetter() != null) {
            deadLettered.inc();
            byReason.get(inbound.deadLetter().reason()).inc();
            context.output(deadLetters, inbound);
        } else {
            ignored.inc();
        }
    }
}
