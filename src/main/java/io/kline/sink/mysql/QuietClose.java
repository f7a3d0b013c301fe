package io.kline.sink.mysql;

import java.io.IOException;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A sink whose writers do not fail while they are closed.
 *
 * <p>The JDBC writer flushes once more when it is closed, and throws if the server is away. Flink
 * takes an exception there for fatal and ends the whole TaskManager, with the live job on it. There
 * is nothing to save: what was not flushed at the last checkpoint is read again.
 */
record QuietClose<T>(Sink<T> sink) implements Sink<T> {

    private static final Logger LOG = LoggerFactory.getLogger(QuietClose.class);

    @Override
    public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
        SinkWriter<T> writer = sink.createWriter(context);
        return new SinkWriter<>() {
            @Override
            public void write(T element, Context elementContext)
                    throws IOException, InterruptedException {
                writer.write(element, elementContext);
            }

            @Override
            public void flush(boolean endOfInput) throws IOException, InterruptedException {
                writer.flush(endOfInput);
            }

            @Override
            public void close() {
                try {
                    writer.close();
                } catch (Exception e) {
                    LOG.warn("Closed with candles that are not in MySQL; they are read again", e);
                }
            }
        };
    }
}
