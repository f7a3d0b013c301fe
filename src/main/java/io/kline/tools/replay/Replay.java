package io.kline.tools.replay;

import java.io.IOException;

/** Sends the records of a source to the topic, in their order and at a pace. */
final class Replay {

    private final RecordSource source;
    private final Pace pace;
    private final TradeTopic topic;
    private final FeedClock clock;
    private volatile long nextAt;

    Replay(RecordSource source, Pace pace, TradeTopic topic, FeedClock clock) {
        this.source = source;
        this.pace = pace;
        this.topic = topic;
        this.clock = clock;
        this.nextAt = clock.nanos();
    }

    /**
     * Returns when all records are acknowledged. When the source fails, the records before that
     * are.
     *
     * @throws FeedException if the source holds something that cannot be sent, or a send fails
     */
    void run() throws IOException, InterruptedException {
        long start = clock.nanos();
        long index = 0;
        for (FeedRecord record = next(); record != null; record = next()) {
            nextAt = start + pace.due(index++, record.recordedTime());
            clock.await(nextAt);
            topic.send(record.key(), record.value());
        }
        topic.flush();
    }

    private FeedRecord next() throws IOException {
        try {
            return source.next();
        } catch (IOException | FeedException e) {
            topic.flush();
            throw e;
        }
    }

    /** Seconds until the next record is due, 0 or less when it is not waited for. */
    long secondsToNext() {
        return (nextAt - clock.nanos()) / 1_000_000_000;
    }
}
