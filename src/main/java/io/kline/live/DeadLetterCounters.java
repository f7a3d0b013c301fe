package io.kline.live;

import io.kline.model.DeadLetter;
import io.kline.model.Reason;
import io.kline.state.KeptCounters;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** How many dead letters there were: in all, and by reason. */
final class DeadLetterCounters {

    private final Counter all;
    private final Map<Reason, Counter> byReason = new EnumMap<>(Reason.class);

    /** Registers them in the metrics and the state of an operator. */
    DeadLetterCounters(KeptCounters counters, MetricGroup metrics) throws Exception {
        all = counters.counter("deadLettered", metrics, "deadLettered");
        for (Reason reason : Reason.values()) {
            MetricGroup ofReason = metrics.addGroup("reason", reason.code());
            byReason.put(
                    reason,
                    counters.counter("deadLetters-" + reason.code(), ofReason, "deadLetters"));
        }
    }

    void count(DeadLetter dead) {
        all.inc();
        byReason.get(dead.reason()).inc();
    }
}
