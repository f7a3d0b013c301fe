package io.kline.kafka;

import io.kline.model.KlineEvent;
import io.kline.state.KlineTypes;
import io.kline.store.KlineJson;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the events of the klines topic. A record that is none, or that no table could take, is set
 * aside: logged with its place and counted as {@code foreignRecords}. The topic is written by the
 * two jobs alone, and one foreign record must not stop history.
 */
public final class KlineEventDeserializer implements KafkaRecordDeserializationSchema<KlineEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(KlineEventDeserializer.class);

    /** How much of a foreign record the log repeats, in characters. */
    private static final int MOST_LOGGED = 200;

    private transient Counter foreign;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        foreign = context.getMetricGroup().counter("foreignRecords");
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<KlineEvent> out) {
        try {
            KlineEvent event = SoundEvent.require(KlineJson.readEvent(record.value()));
            boolean isCorrected = record.headers().lastHeader(KlinesTopic.CORRECTED_HEADER) != null;
            out.collect(
                    isCorrected && event instanceof KlineEvent.Closed closed
                            ? new KlineEvent.Corrected(closed.candle())
                            : event);
        } catch (IllegalArgumentException e) {
            foreign.inc();
            LOG.error(
                    "Set aside {}-{} at offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    printable(String.valueOf(e.getMessage())));
        }
    }

    /** The begin of a message, on one line: a record of others may be long and anything. */
    static String printable(String message) {
        String begin =
                message.length() > MOST_LOGGED ? message.substring(0, MOST_LOGGED) + "…" : message;
        return begin.replaceAll("\\p{Cc}", "?");
    }

    @Override
    public TypeInformation<KlineEvent> getProducedType() {
        return KlineTypes.KLINE_EVENT;
    }
}
