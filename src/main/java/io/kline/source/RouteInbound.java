package io.kline.source;

import io.kline.model.Trade;
import io.kline.state.KeptCounters;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Passes trades on, dead letters to the side, and counts every record once: {@code recordsIn} =
 * trades passed on + {@code ignored} + {@code deadLettered}. The last one is counted by reason, too
 * ({@code deadLetters}, label {@code reason}).
 */
public final class RouteInbound extends ProcessFunction<Inbound, Trade>
        implements CheckpointedFunction {

    private final OutputTag<Inbound> deadLetters;

    private transient KeptCounters counters;
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
    public void initializeState(FunctionInitializationContext context) throws Exception {
        counters = new KeptCounters(context.getOperatorStateStore());
        MetricGroup metrics = getRuntimeContext().getMetricGroup();
        recordsIn = counters.counter("recordsIn", metrics, "recordsIn");
        ignored = counters.counter("ignored", metrics, "ignored");
        deadLettered = counters.counter("deadLettered", metrics, "deadLettered");
        byReason = new HashMap<>();
        for (Reason reason : Reason.values()) {
            MetricGroup ofReason = metrics.addGroup("reason", reason.code());
            byReason.put(
                    reason.code(),
                    counters.counter("deadLetters-" + reason.code(), ofReason, "deadLetters"));
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        counters.snapshot();
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
