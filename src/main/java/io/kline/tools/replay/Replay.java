package io.kline.tools.replay;

import io.kline.model.DeadLetter;
import io.kline.model.Reason;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Sends the records of a source to the topic, in their order and at a pace. */
final class Replay {

    /** Why a trade whose time cannot be shifted is refused. */
    private static final Set<Reason> OF_TIME = Set.of(Reason.BAD_TIME, Reason.FUTURE_TIME);

    private final RecordSource source;
    private final ReplayPace pace;
    private final TradeTopic topic;
    private final FeedClock clock;
    private final ReplayReport report;
    private final JobVerdict job = new JobVerdict();
    private volatile long nextAt;
    private long acknowledgedBefore;

    /**
     * @param report is given the lines that are no trades
     */
    Replay(
            RecordSource source,
            ReplayPace pace,
            TradeTopic topic,
            FeedClock clock,
            ReplayReport report) {
        this.source = source;
        this.pace = pace;
        this.topic = topic;
        this.clock = clock;
        this.report = report;
        this.nextAt = clock.nanos();
    }

    /**
     * Returns when all records are acknowledged. When the source fails, the records before that
     * are.
     *
     * @throws FeedException if the source cannot be read any further, or a send fails
     */
    void run() throws IOException, InterruptedException {
        long start = clock.nanos();
        long index = 0;
        for (FeedLine line = next(); line != null; line = next()) {
            if (line instanceof FeedRecord record) {
                nextAt = start + pace.due(index++, record.position());
                clock.await(nextAt);
                send(record);
            } else if (line instanceof SkippedLine skipped) {
                report.skipped(skipped);
            }
        }
        topic.flush();
    }

    private void send(FeedRecord record) {
        Optional<DeadLetter> letter = job.refusal(record.value());
        topic.offer(record.key(), record.value(), isSent -> report(record, letter, isSent));
    }

    private void report(FeedRecord record, Optional<DeadLetter> letter, boolean isSent) {
        if (!isSent) {
            report.skipped(
                    new SkippedLine(
                            record.line(),
                            "too large for Kafka",
                            String.format(Locale.ROOT, "%,d bytes", record.value().length)));
            return;
        }
        letter.ifPresent(
                dead -> report.refused(record.line(), dead.reason().code(), dead.detail()));
        if (record.position() == Timeline.UNKNOWN
                && letter.map(DeadLetter::reason).map(OF_TIME::contains).orElse(true)) {
            report.untimed(record.line());
        }
    }

    private FeedLine next() throws IOException {
        try {
            return source.next();
        } catch (IOException | FeedException e) {
            topic.flush();
            throw e;
        }
    }

    /** How far it is, for people; asked for every {@link Progress#SECONDS}. */
    String progress() {
        long now = topic.acknowledged();
        long perSecond = (now - acknowledgedBefore) / Progress.SECONDS;
        acknowledgedBefore = now;
        return progress(now, perSecond, (nextAt - clock.nanos()) / 1_000_000_000);
    }

    static String progress(long records, long perSecond, long secondsToNext) {
        String line = String.format(Locale.ROOT, "%,d records sent, %,d per s", records, perSecond);
        return secondsToNext < 1
                ? line
                : line + String.format(Locale.ROOT, ", the next is due in %,d s", secondsToNext);
    }
}
