package io.kline.tools.bench;

import java.util.function.Consumer;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Keeps nothing. */
final class NullSink<T> implements Sink<T> {

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) {
        return writer(element -> {});
    }

    /** A writer that has nothing to flush. */
    static <T> SinkWriter<T> writer(Consumer<T> each) {
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context at) {
                each.accept(element);
            }

            @Override
            public void flush(boolean endOfInput) {}

            @Override
            public void close() {}
        };
    }
}
