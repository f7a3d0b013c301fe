package io.kline.tools.replay;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic in memory that remembers what was sent. */
public final class Sent {

    public final MockProducer<String, byte[]> producer;
    public final TradeTopic topic;

    private Sent(boolean acknowledge) {
        producer =
                new MockProducer<>(
                        acknowledge, null, new StringSerializer(), new ByteArraySerializer());
        topic = new TradeTopic(producer, "trades");
    }

    public static Sent acknowledged() {
        return new Sent(true);
    }

    /** A topic that answers only when the test lets it. */
    public static Sent silent() {
        return new Sent(false);
    }

    public List<String> values() {
        return producer.history().stream()
                .map(sent -> new String(sent.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
