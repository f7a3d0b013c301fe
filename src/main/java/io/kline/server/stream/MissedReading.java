package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.query.RestatedCandle;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * One reading of what a channel has missed, until it is done or a later one takes its place. Read
 * by one thread at a time.
 */
final class MissedReading {

    /** How far the clocks of MySQL and of this machine may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** The log of changes is asked less often: it is MySQL's, and candles are there without it. */
    private static final long LOG_RETRY_MILLIS = 5_000;

    private static final long LONGEST_LOG_RETRY_MILLIS = 300_000;

    /**
     * How often holes between stored candles are looked at: the candles may come to MySQL in a
     * moment, or the symbol has rested and there are none.
     */
    private static final int LOOKS = 12;

    /** When the channel was heard for the last time, ms; 0 if never. */
    final long lastHeard;

    /** Open time of the first candle that is read; null if nothing had gone out. */
    final Long from;

    /** The number of the hold that its end ends. */
    final int hold;

    /** The highest version that was logged of each candle, by open time. */
    final Map<Long, Candle> corrected = new TreeMap<>();

    /** Where the log of changes goes on. */
    long loggedSince;

    long loggedFrom;

    /** Whether those since the first one have been passed on. */
    boolean isSincePassed;

    /** Whether the candles of the channel itself have been passed on. */
    volatile boolean isPassed;

    boolean isRead;
    int looks = LOOKS;
    private long logRetryMillis = LOG_RETRY_MILLIS;

    private MissedReading(long lastHeard, Long from, int hold) {
        this.lastHeard = lastHeard;
        this.from = from;
        this.hold = hold;
        this.loggedSince = lastHeard - CLOCKS_DIFFER.toMillis();
    }

    /** Of all that a channel may have missed by now. */
    static MissedReading of(Channel channel) {
        // The hold first: what a later one waits for is read later.
        int hold = channel.holds();
        return new MissedReading(channel.lastHeard(), channel.plain().rememberedSince(), hold);
    }

    /** Of this and of what an earlier one has not done. */
    MissedReading with(MissedReading earlier) {
        Long first = from;
        if (!earlier.isPassed && earlier.from != null) {
            first = from == null ? earlier.from : Long.valueOf(Math.min(from, earlier.from));
        }
        return new MissedReading(
                Math.min(lastHeard, earlier.lastHeard), first, Math.max(hold, earlier.hold));
    }

    void take(RestatedCandle change) {
        Candle after = change.after();
        if (after == null) {
            corrected.remove(change.openTime());
        } else {
            corrected.merge(
                    after.openTime(),
                    after,
                    (one, other) -> other.version().compareTo(one.version()) < 0 ? one : other);
        }
        loggedSince = change.time();
        loggedFrom = change.id() + 1;
    }

    /** After how many ms the log is asked again, each time later. */
    long logRetry() {
        long wait = logRetryMillis;
        logRetryMillis = Math.min(2 * wait, LONGEST_LOG_RETRY_MILLIS);
        return wait;
    }
}
