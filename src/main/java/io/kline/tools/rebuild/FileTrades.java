package io.kline.tools.rebuild;

import io.kline.tools.replay.FeedLine;
import io.kline.tools.replay.FeedRecord;
import io.kline.tools.replay.RecordSource;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The trades of a file, in its order; they do not become more. */
final class FileTrades implements TradeSource {

    private final RecordSource.Opening file;
    private final LiveRules rules;
    private boolean isRead;

    FileTrades(RecordSource.Opening file, LiveRules rules) {
        this.file = file;
        this.rules = rules;
    }

    @Override
    public void readOn(Taker taker) throws IOException {
        if (isRead) {
            return;
        }
        try (RecordSource lines = file.open()) {
            for (FeedLine line = lines.next(); line != null; line = lines.next()) {
                if (line instanceof FeedRecord record) {
                    rules.take(new ConsumerRecord<>("", 0, 0, null, record.value()), taker);
                } else {
                    rules.pass();
                }
            }
        }
        isRead = true;
    }

    @Override
    public void close() {}
}
