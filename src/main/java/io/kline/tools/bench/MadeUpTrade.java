package io.kline.tools.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.kline.store.TradeJson;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Trades whose prices are of no matter. */
final class MadeUpTrade {

    private MadeUpTrade() {}

    /**
     * One, as a record of a topic.
     *
     * @param time ms
     */
    static ProducerRecord<byte[], byte[]> record(String topic, String symbol, long id, long time) {
        String price = Long.toString(100 + id % 7);
        return new ProducerRecord<>(
                topic,
                symbol.getBytes(UTF_8),
                TradeJson.write(symbol, id, price, "2", time, true, time));
    }
}
