package io.kline.tools.check;

import io.kline.tools.replay.TopicRecords;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/**
 * The trades of the topic. How far ahead of its record, or how old, one may be is measured from the
 * time of the append, where the broker says it.
 */
final class TopicInput implements TradeInput {

    private final TopicRecords records;
    private final long maxFuture;
    private final long maxAge;

    /**
     * @param records closed with this
     * @param maxFuture how far ahead of its record a trade may be, ms
     * @param maxAge how old a trade may be, ms
     */
    TopicInput(TopicRecords records, long maxFuture, long maxAge) {
        this.records = records;
        this.maxFuture = maxFuture;
        this.maxAge = maxAge;
    }

    @Override
    public void readTo(SpooledTrades spool) throws IOException {
        records.readOn(
                record ->
                        spool.add(record.value(), oldest(record), record.timestamp() + maxFuture));
    }

    private long oldest(ConsumerRecord<byte[], byte[]> record) {
        boolean isAppendTime = record.timestampType() == TimestampType.LOG_APPEND_TIME;
        return (isAppendTime ? record.timestamp() : System.currentTimeMillis()) - maxAge;
    }

    @Override
    public void close() {
        records.close();
    }
}
