package io.kline.kafka;

import io.kline.model.Candle;
import io.kline.model.KlineEvent;
import java.io.IOException;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends candles that were corrected in the table of all history to the topic of klines, marked as
 * {@link KlineEvent.Corrected}. At least once, in the order of the calls; used by one thread.
 */
public final class StoredCandlesTopic implements AutoCloseable {

    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;
    private volatile Exception failure;

    /**
     * @param kafka connection properties
     */
    public StoredCandlesTopic(String topic, Properties kafka) {
        this.topic = topic;
        this.producer =
                new KafkaProducer<>(
                        LosslessProducer.properties(kafka),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /**
     * Sends a candle; {@link #flush} fails if it did not arrive.
     *
     * @throws IOException if Kafka has not taken an earlier one
     */
    public void send(Candle candle) throws IOException, InterruptedException {
        requireNoFailure();
        try {
            producer.send(
                    KlinesTopic.record(topic, new KlineEvent.Corrected(candle)),
                    (metadata, e) -> {
                        if (e != null) {
                            failure = e;
                        }
                    });
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            throw new IOException("cannot send a corrected candle to " + topic, e);
        }
    }

    /**
     * Waits until Kafka has all that was sent.
     *
     * @throws IOException if it has not, after the producer's own attempts
     */
    public void flush() throws IOException, InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        requireNoFailure();
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ZERO);
    }

    private void requireNoFailure() throws IOException {
        if (failure != null) {
            throw new IOException("Kafka did not take a corrected candle for " + topic, failure);
        }
    }

    private static InterruptedException interrupted(InterruptException e) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }
}
