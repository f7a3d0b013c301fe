package io.kline.late;

import io.kline.model.Candle;
import io.kline.store.KlineEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes candles on; counts and logs late trades. */
public final class PickCandles extends ProcessFunction<KlineEvent, Candle> {

    private static final Logger LOG = LoggerFactory.getLogger(PickCandles.class);

    private transient Counter lateTrades;

    @Override
    public void open(OpenContext context) {
        lateTrades = getRuntimeContext().getMetricGroup().counter("lateTrades");
    }

    @Override
    public void processElement(KlineEvent event, Context context, Collector<Candle> out) {
        if (event.candle() != null) {
            out.collect(event.candle());
        } else {
            lateTrades.inc();
            LOG.warn("Not in any stored candle: {}", event.late());
        }
    }
}
