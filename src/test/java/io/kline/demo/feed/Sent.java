package io.kline.demo.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A topic in memory that remembers what was sent. */
final class Sent {

    final MockProducer<String, byte[]> producer;
    final TradeTopic topic;

    private Sent(boolean acknowledge) {
        producer =
                new MockProducer<>(
                        acknowledge, null, new StringSerializer(), new ByteArraySerializer());
        topic = new TradeTopic(producer, "trades");
    }

    static Sent acknowledged() {
        return new Sent(true);
    }

    /** A topic that answers only when told to. */
    static Sent silent() {
        return new Sent(false);
    }

    List<String> values() {
        return producer.history().stream()
                .map(sent -> new String(sent.value(), StandardCharsets.UTF_8))
                .toList();
    }
}
