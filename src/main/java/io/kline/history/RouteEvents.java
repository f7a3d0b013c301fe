package io.kline.history;

import io.kline.kafka.KeptTopicId;
import io.kline.kafka.TopicId;
import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each kind of event of the topic its way: candles of the live job to the output, late trades
 * and corrected candles to the sides.
 *
 * <p>A corrected candle has its late trades. In the output it would get them a second time whenever
 * the table is built anew from the topic.
 */
public final class RouteEvents extends ProcessFunction<KlineEvent, Candle>
        implements CheckpointedFunction {

    private final TopicId topicId;
    private final OutputTag<LateTrade> late;
    private final OutputTag<Candle> corrected;

    private transient Counter lateTrades;

    /**
     * @param topicId of the topic that is read
     * @param late the side output of late trades
     * @param corrected the side output of corrected candles
     */
    public RouteEvents(TopicId topicId, OutputTag<LateTrade> late, OutputTag<Candle> corrected) {
        this.topicId = topicId;
        this.late = late;
        this.corrected = corrected;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        KeptTopicId.require(
                context.getOperatorStateStore(),
                topicId,
                "klines",
                "Delete the offsets of the group, start without the state, and rebuild what only the"
                        + " old topic had");
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) {
        // The state does not change.
    }

    @Override
    public void open(OpenContext context) {
        lateTrades = getRuntimeContext().getMetricGroup().counter("lateTrades");
    }

    @Override
    public void processElement(KlineEvent event, Context context, Collector<Candle> out) {
        if (event instanceof KlineEvent.Closed closed) {
            out.collect(closed.candle());
        } else if (event instanceof KlineEvent.Corrected one) {
            context.output(corrected, one.candle());
        } else if (event instanceof KlineEvent.Late one) {
            lateTrades.inc();
            context.output(late, one.late());
        }
    }
}
