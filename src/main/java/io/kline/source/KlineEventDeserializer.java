package io.kline.source;

import io.kline.state.Types;
import io.kline.store.KlineEvent;
import io.kline.store.KlineJson;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of the klines topic. A record that is none is logged with its place and passed
 * over: the topic is written by the two jobs alone, and one foreign record must not stop history.
 */
public final class KlineEventDeserializer implements KafkaRecordDeserializationSchema<KlineEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(KlineEventDeserializer.class);

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KlineEvent> out) {
        try {
            KlineEvent event = KlineJson.readEvent(record.value());
            boolean stored = record.headers().lastHeader(KlineEvent.STORED_HEADER) != null;
            out.collect(stored ? new KlineEvent(event.candle(), event.late(), true) : event);
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "Passed over {}-{} at offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    @Override
    public TypeInformation<KlineEvent> getProducedType() {
        return Types.KLINE_EVENT;
    }
}
