package io.kline.tools.rebuild;

import io.kline.kafka.TradeDeserializer;
import io.kline.model.Inbound;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes records as the live job takes them, by its own deserializer, and counts the others. */
final class LiveRules {

    private final List<Inbound> read = new ArrayList<>(1);
    private final TradeDeserializer deserializer;
    private volatile long records;
    private long unusable;

    /**
     * @param maxFuture how far ahead of its record a trade may be, ms
     * @param maxAge how old a trade may be, ms
     */
    LiveRules(long maxFuture, long maxAge) {
        deserializer = new TradeDeserializer(maxFuture, maxAge);
        deserializer.open(null);
    }

    void take(ConsumerRecord<byte[], byte[]> record, TradeSource.Taker taker) throws IOException {
        records++;
        read.clear();
        deserializer.deserialize(record, new ListCollector<>(read));
        Inbound inbound = read.get(0);
        if (inbound instanceof Inbound.Accepted accepted) {
            taker.take(accepted.trade());
        } else if (inbound instanceof Inbound.Rejected) {
            unusable++;
        }
    }

    /** Counts a line that is no record. */
    void pass() {
        records++;
        unusable++;
    }

    /** Records taken so far, whatever was in them. */
    long records() {
        return records;
    }

    /** How many of them are no trades. */
    long unusable() {
        return unusable;
    }
}
