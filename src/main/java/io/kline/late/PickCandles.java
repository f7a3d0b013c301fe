package io.kline.late;

import io.kline.model.Candle;
import io.kline.model.LateTrade;
import io.kline.store.KlineEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sorts the events of the topic: candles of the live job to the output, late trades and stored
 * candles to the sides.
 *
 * <p>A stored candle has its late trades. In the output it would get them a second time whenever
 * the table is built anew from the topic.
 */
public final class PickCandles extends ProcessFunction<KlineEvent, Candle> {

    private final OutputTag<LateTrade> late;
    private final OutputTag<Candle> stored;

    private transient Counter lateTrades;

    /**
     * @param late the side output of late trades
     * @param stored the side output of candles that were read from the table
     */
    public PickCandles(OutputTag<LateTrade> late, OutputTag<Candle> stored) {
        this.late = late;
        this.stored = stored;
    }

    @Override
    public void open(OpenContext context) {
        lateTrades = getRuntimeContext().getMetricGroup().counter("lateTrades");
    }

    @Override
    public void processElement(KlineEvent event, Context context, Collector<Candle> out) {
        if (event.late() != null) {
            lateTrades.inc();
            context.output(late, event.late());
        } else if (event.stored()) {
            context.output(stored, event.candle());
        } else {
            out.collect(event.candle());
        }
    }
}
