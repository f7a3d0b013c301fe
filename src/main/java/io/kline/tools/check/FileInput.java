package io.kline.tools.check;

import io.kline.tools.replay.FeedLine;
import io.kline.tools.replay.FeedRecord;
import io.kline.tools.replay.RecordSource;
import java.io.IOException;

/** The trades of a file; they do not become more. */
final class FileInput implements TradeInput {

    private final RecordSource.Opening file;
    private final long maxFuture;
    private final long maxAge;
    private boolean read;

    /**
     * @param maxFuture how far ahead of now a trade may be, ms
     * @param maxAge how far behind now, ms
     */
    FileInput(RecordSource.Opening file, long maxFuture, long maxAge) {
        this.file = file;
        this.maxFuture = maxFuture;
        this.maxAge = maxAge;
    }

    @Override
    public void readTo(SpooledTrades spool) throws IOException {
        if (read) {
            return;
        }
        long now = System.currentTimeMillis();
        try (RecordSource lines = file.open()) {
            for (FeedLine line = lines.next(); line != null; line = lines.next()) {
                if (line instanceof FeedRecord record) {
                    spool.add(record.value(), now - maxAge, now + maxFuture);
                } else {
                    spool.add(ClassifiedRecord.setAside(SetAside.NOT_SENT, ""));
                }
            }
        }
        read = true;
    }

    @Override
    public void close() {}
}
