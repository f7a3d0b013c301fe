package io.kline.tools.bench;

import io.kline.model.KlineEvent;
import io.kline.model.LateTrade;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps the late trades of all writers in this process, for candles that they belong to. */
final class KeptLateTrades implements Sink<KlineEvent> {

    private static final Queue<LateTrade> LATE = new ConcurrentLinkedQueue<>();

    @Override
    public SinkWriter<KlineEvent> createWriter(WriterInitContext context) {
        return NullSink.writer(
                event -> {
                    if (event instanceof KlineEvent.Late late) {
                        LATE.add(late.late());
                    }
                });
    }

    static Collection<LateTrade> all() {
        return LATE;
    }
}
