package io.kline.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.kafka.KeptTopicId;
import io.kline.kafka.TopicId;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.Inbound.Rejected;
import io.kline.state.KeptCounters;
import java.util.Arrays;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Counts every record once, passes trades on and lets dead letters leave by a side output. The
 * counts survive restarts, and so does the id of the topic.
 */
public final class ValidateTrades extends ProcessFunction<Inbound, Accepted>
        implements CheckpointedFunction {

    private final TopicId topicId;
    private final OutputTag<DeadLetter> deadLetters;

    private transient KeptCounters counters;
    private transient Counter recordsIn;
    private transient Counter ignored;
    private transient Counter misKeyed;
    private transient DeadLetterCounters rejected;

    /**
     * @param topicId of the topic that is read
     * @param deadLetters the side output of dead letters
     */
    public ValidateTrades(TopicId topicId, OutputTag<DeadLetter> deadLetters) {
        this.topicId = topicId;
        this.deadLetters = deadLetters;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        counters = new KeptCounters(context.getOperatorStateStore());
        recordsIn =
                counters.counter("recordsIn", getRuntimeContext().getMetricGroup(), "recordsIn");
        ignored = counters.counter("ignored", getRuntimeContext().getMetricGroup(), "ignored");
        misKeyed = counters.counter("misKeyed", getRuntimeContext().getMetricGroup(), "misKeyed");
        rejected = new DeadLetterCounters(counters, getRuntimeContext().getMetricGroup());
        KeptTopicId.require(
                context.getOperatorStateStore(),
                topicId,
                "trades",
                "Start without the state; the candles are taken over from Redis");
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        counters.snapshot();
    }

    @Override
    public void processElement(Inbound inbound, Context context, Collector<Accepted> out) {
        recordsIn.inc();
        if (inbound instanceof Accepted accepted) {
            if (!isKeyedBySymbol(accepted)) {
                misKeyed.inc();
            }
            out.collect(accepted);
        } else if (inbound instanceof Rejected dead) {
            rejected.count(dead.deadLetter());
            context.output(deadLetters, dead.deadLetter());
        } else {
            ignored.inc();
        }
    }

    /** By another key the trades of a symbol may come from several partitions, in any order. */
    private static boolean isKeyedBySymbol(Accepted accepted) {
        return Arrays.equals(accepted.raw().key(), accepted.symbol().getBytes(UTF_8));
    }
}
