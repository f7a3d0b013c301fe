package io.kline.tools.bench;

import io.kline.tools.stack.Topics;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A topic that holds a load, and what its candles have to be.
 *
 * @param records how many there are
 * @param warmUp how many of them are not measured
 */
record Preloaded(String bootstrap, String topic, long records, long warmUp, NaiveFold expected) {

    /** How long the trades of a load take: late ones need more than the allowed lateness, ms. */
    private static final long SPAN = 20 * 60_000;

    private static final int FULL_BATCHES = 20;

    /**
     * Fills a new topic.
     *
     * @param measured how many records are measured; as many come before them: a compiler takes
     *     tens of seconds
     */
    static Preloaded fill(String bootstrap, Shape shape, long measured, long seed)
            throws InterruptedException {
        return fill(bootstrap, "trades-" + shape, shape, measured, seed);
    }

    /** The same, of a certain name. */
    static Preloaded fill(String bootstrap, String topic, Shape shape, long measured, long seed)
            throws InterruptedException {
        createTopic(bootstrap, topic);
        long warmUp = measured;
        long records = warmUp + measured;
        Load load =
                new Load(
                        shape,
                        seed,
                        System.currentTimeMillis() - SPAN,
                        FeedPace.steady(records, SPAN));
        NaiveFold expected = new NaiveFold();
        try (KafkaProducer<byte[], byte[]> producer = producer(bootstrap, FULL_BATCHES)) {
            for (long i = 0; i < records; i++) {
                LoadRecord record = load.next();
                producer.send(new ProducerRecord<>(topic, record.key(), record.value()));
                expected.add(record.value());
            }
        }
        return new Preloaded(bootstrap, topic, records, warmUp, expected);
    }

    /** A topic of trades as the jobs expect it. */
    static void createTopic(String bootstrap, String topic) {
        Topics.create(
                bootstrap,
                List.of(
                        new NewTopic(topic, 4, (short) 1)
                                .configs(Map.of("message.timestamp.type", "LogAppendTime"))));
    }

    /**
     * One that sends large batches.
     *
     * @param linger how long a record may wait for others, ms
     */
    static KafkaProducer<byte[], byte[]> producer(String bootstrap, int linger) {
        Properties properties = new Properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, linger);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
