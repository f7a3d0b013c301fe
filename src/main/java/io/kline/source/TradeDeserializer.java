package io.kline.source;

import io.kline.model.Trade;
import io.kline.state.Types;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns every Kafka record into one {@link Inbound}; no record is lost or fails the job. */
public final class TradeDeserializer implements KafkaRecordDeserializationSchema<Inbound> {

    private final long maxFuture;
    private final long maxAge;
    private transient TradeParser parser;
    private transient Clock clock;

    /**
     * @param maxFuture how far ahead of the time at which Kafka appended its record a trade time
     *     may be, ms: a replay then decides as the first reading did
     * @param maxAge how far behind the wall clock a trade time may be, ms
     */
    public TradeDeserializer(long maxFuture, long maxAge) {
        this.maxFuture = maxFuture;
        this.maxAge = maxAge;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        open(SystemClock.getInstance());
    }

    void open(Clock wallClock) {
        parser = new TradeParser();
        clock = wallClock;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        try {
            long now = clock.absoluteTimeMillis();
            long latest = appended(record, now) + maxFuture;
            Trade trade = parser.parse(record.value(), now - maxAge, latest);
            out.collect(trade == null ? Inbound.IGNORED : Inbound.of(trade));
        } catch (BadRecordException e) {
            out.collect(
                    Inbound.dead(
                            new DeadLetter(
                                    e.reason().code(),
                                    e.getMessage(),
                                    record.topic(),
                                    record.partition(),
                                    record.offset(),
                                    record.key(),
                                    record.value())));
        }
    }

    /**
     * When Kafka appended the record, ms. Only the broker's own timestamp is sure to say it; a
     * producer's may be anything, so it counts only where it is earlier than the wall clock.
     */
    private static long appended(ConsumerRecord<byte[], byte[]> record, long now) {
        return switch (record.timestampType()) {
            case LOG_APPEND_TIME -> record.timestamp();
            case CREATE_TIME -> Math.min(record.timestamp(), now);
            case NO_TIMESTAMP_TYPE -> now;
        };
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return Types.INBOUND;
    }
}
