package io.kline.tools.check;

import io.kline.tools.replay.TopicRecords;
import java.io.IOException;

/**
 * The trades of the topic. One may be as far ahead of its record's timestamp as the job lets it be
 * ahead of the clock.
 */
final class TopicTrades implements TradeSource {

    private final TopicRecords records;
    private final long maxFuture;

    /**
     * @param records closed with this
     * @param maxFuture how far ahead of its record a trade may be, ms
     */
    TopicTrades(TopicRecords records, long maxFuture) {
        this.records = records;
        this.maxFuture = maxFuture;
    }

    @Override
    public void readTo(TradeSpool spool) throws IOException {
        records.readOn(record -> spool.add(record.value(), record.timestamp() + maxFuture));
    }

    @Override
    public void close() {
        records.close();
    }
}
