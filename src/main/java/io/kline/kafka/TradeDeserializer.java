package io.kline.kafka;

import io.kline.model.DeadLetter;
import io.kline.model.Inbound;
import io.kline.model.Lag;
import io.kline.model.RawRecord;
import io.kline.model.Trade;
import io.kline.state.KlineTypes;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.flink.util.clock.Clock;
import org.apache.flink.util.clock.SystemClock;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Turns every Kafka record into one {@link Inbound}; no record is lost or fails the job. */
public final class TradeDeserializer implements KafkaRecordDeserializationSchema<Inbound> {

    /** How far a broker's clock may be behind the others', ms. */
    private static final long BROKER_SLACK = 5_000;

    /** How far a producer's clock may be behind, or the trade that it stands for, ms. */
    private static final long PRODUCER_SLACK = 60_000;

    /** A record that seems to have waited longer shows that the clock is wrong, ms. */
    private static final long OUTAGE = 12 * 3_600_000L;

    private final long maxFuture;
    private final long maxAge;
    private transient TradeParser parser;
    private transient CatchingUp catchingUp;
    private transient Clock clock;

    /**
     * @param maxFuture how far ahead of the time at which Kafka appended its record a trade time
     *     may be, ms: a replay then decides as the first reading did
     * @param maxAge how far behind that time it may be, ms
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
        catchingUp = new CatchingUp();
        clock = wallClock;
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Inbound> out) {
        RawRecord raw =
                new RawRecord(record.partition(), record.offset(), record.key(), record.value());
        try {
            long now = clock.absoluteTimeMillis();
            long latest = appended(record, now) + maxFuture;
            Trade trade = parser.parse(record.value(), oldest(record, now), latest);
            out.collect(
                    trade == null
                            ? Inbound.Ignored.INSTANCE
                            : new Inbound.Accepted(
                                    trade, raw, present(record, now), lag(record, trade, now)));
        } catch (BadRecordException e) {
            out.collect(new Inbound.Rejected(new DeadLetter(e.reason(), e.getMessage(), raw)));
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

    /**
     * The earliest time that a trade may have, ms. A producer's timestamp does not count: it may be
     * in seconds, as the trade time is.
     */
    private long oldest(ConsumerRecord<byte[], byte[]> record, long now) {
        boolean isAppendTime = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return (isAppendTime ? record.timestamp() : now) - maxAge;
    }

    /**
     * The latest that it can have been when Kafka got the record, as far as that says something of
     * the time at which it is read: after an outage a record has waited, and nothing is wrong.
     */
    private static long present(ConsumerRecord<byte[], byte[]> record, long now) {
        long waited = now - record.timestamp();
        if (waited > CatchingUp.LONG && waited <= OUTAGE) {
            // Or this clock is ahead by so much: then it must not be what is plausible.
            return Inbound.Accepted.NOT_KNOWN;
        }
        return switch (record.timestampType()) {
            case LOG_APPEND_TIME -> record.timestamp() + BROKER_SLACK;
            case CREATE_TIME -> record.timestamp() + PRODUCER_SLACK;
            case NO_TIMESTAMP_TYPE -> Inbound.Accepted.NOT_KNOWN;
        };
    }

    private Lag lag(ConsumerRecord<byte[], byte[]> record, Trade trade, long now) {
        boolean isAppendTime = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        long waited = isAppendTime ? now - record.timestamp() : 0;
        // After a real outage the trades come nearer while they are read.
        return catchingUp.lag(
                record.partition(), waited > OUTAGE ? 0 : waited, now - trade.time(), now);
    }

    @Override
    public TypeInformation<Inbound> getProducedType() {
        return KlineTypes.INBOUND;
    }
}
