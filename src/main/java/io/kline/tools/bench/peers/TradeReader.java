package io.kline.tools.bench.peers;

import io.kline.kafka.TradeDeserializer;
import io.kline.model.Inbound;
import io.kline.model.Inbound.Accepted;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads trades as the live job does; what is none becomes null. Used by one thread at a time. */
final class TradeReader {

    private final List<Inbound> read = new ArrayList<>(1);
    private final ListCollector<Inbound> collector = new ListCollector<>(read);
    private final TradeDeserializer deserializer = TextbookJob.tradeDeserializer();

    TradeReader() {
        deserializer.open(null);
    }

    /** The trade of a record, or null. */
    Trade read(ConsumerRecord<byte[], byte[]> record) {
        read.clear();
        deserializer.deserialize(record, collector);
        return read.get(0) instanceof Accepted accepted ? accepted.trade() : null;
    }
}
