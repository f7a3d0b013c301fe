package io.kline.tools.replay;

import static java.util.Map.entry;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The topic a feed writes to: in order, acknowledged by all replicas, without duplicates. Sends are
 * asynchronous; one that fails makes the following call fail.
 */
public final class TradeTopic implements AutoCloseable {

    private static final int MOST_REQUEST_MILLIS = 60_000;

    private final Producer<String, byte[]> producer;
    private final String topic;
    private final LongAdder acknowledged = new LongAdder();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    TradeTopic(Producer<String, byte[]> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Connects to a Kafka without a password.
     *
     * @param bootstrap servers as host:port, separated by commas
     * @param patience how long Kafka may be away before a send fails, at least 10 s
     * @throws FeedException if the topic cannot be reached for that long
     */
    public static TradeTopic open(String bootstrap, String topic, Duration patience) {
        Properties kafka = new Properties();
        kafka.setProperty(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        return open(kafka, topic, patience);
    }

    /**
     * Connects to Kafka.
     *
     * @param kafka connection properties
     * @param patience how long Kafka may be away before a send fails, at least 10 s
     * @throws FeedException if the topic cannot be reached for that long
     */
    static TradeTopic open(Properties kafka, String topic, Duration patience) {
        Map<String, Object> settings = settings(patience);
        kafka.stringPropertyNames().forEach(key -> settings.putIfAbsent(key, kafka.get(key)));
        try {
            Producer<String, byte[]> producer = new KafkaProducer<>(settings);
            try {
                producer.partitionsFor(topic);
            } catch (KafkaException e) {
                producer.close(Duration.ZERO);
                throw e;
            }
            return new TradeTopic(producer, topic);
        } catch (KafkaException e) {
            throw new FeedException(
                    "topic '%s' of Kafka at %s cannot be reached: %s"
                            .formatted(
                                    topic,
                                    kafka.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG),
                                    rootCause(e)),
                    e);
        }
    }

    private static Map<String, Object> settings(Duration patience) {
        int millis = Math.toIntExact(patience.toMillis());
        return new HashMap<>(
                Map.ofEntries(
                        entry(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class),
                        entry(
                                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                                ByteArraySerializer.class),
                        entry(ProducerConfig.ACKS_CONFIG, "all"),
                        entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true),
                        entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                        entry(ProducerConfig.LINGER_MS_CONFIG, 5),
                        entry(ProducerConfig.BATCH_SIZE_CONFIG, 128 * 1024),
                        entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis),
                        entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis),
                        entry(
                                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                                Math.min(millis / 2, MOST_REQUEST_MILLIS))));
    }

    /**
     * Hands a record to the producer.
     *
     * @param key the symbol, or null
     * @throws FeedException if a send has failed
     */
    public void send(String key, byte[] value) {
        send(key, value, this::acknowledge);
    }

    /**
     * Hands a record to the producer that Kafka may find too large, which fails nothing.
     *
     * @param key the symbol, or null
     * @param known is given whether Kafka has the record, perhaps by another thread
     * @throws FeedException if a send has failed for another reason
     */
    void offer(String key, byte[] value, Consumer<Boolean> known) {
        send(
                key,
                value,
                error -> {
                    boolean isTooLarge = error instanceof RecordTooLargeException;
                    if (!isTooLarge) {
                        acknowledge(error);
                    }
                    if (isTooLarge || error == null) {
                        known.accept(!isTooLarge);
                    }
                });
    }

    private void send(String key, byte[] value, Consumer<Exception> outcome) {
        check();
        try {
            producer.send(
                    new ProducerRecord<>(topic, key, value),
                    (metadata, error) -> outcome.accept(error));
        } catch (KafkaException e) {
            failure.compareAndSet(null, e);
            check();
        }
    }

    private void acknowledge(Exception error) {
        if (error == null) {
            acknowledged.increment();
        } else {
            failure.compareAndSet(null, error);
        }
    }

    /**
     * Waits until Kafka has acknowledged everything.
     *
     * @throws FeedException if a send has failed
     */
    public void flush() {
        producer.flush();
        check();
    }

    /** Number of records acknowledged so far. */
    public long acknowledged() {
        return acknowledged.sum();
    }

    private void check() {
        Exception error = failure.get();
        if (error != null) {
            throw new FeedException(
                    "sending to topic '%s' failed: %s".formatted(topic, rootCause(error)), error);
        }
    }

    private static String rootCause(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    /** Ends at once; what has not been flushed may be lost. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
