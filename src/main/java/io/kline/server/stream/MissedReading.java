package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.RestatedCandle;
import io.kline.query.Store;
import io.kline.store.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One reading of what a channel has missed, until it is done or a later one of the same channel
 * takes its place. Read by one thread at a time.
 */
final class MissedReading {

    /** How far the clocks of MySQL and of this machine may differ. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    /** The log of changes is asked less often: it is MySQL's, and candles are there without it. */
    private static final Duration LOG_RETRY = Duration.ofSeconds(5);

    private static final Duration LONGEST_LOG_RETRY = Duration.ofMinutes(5);

    private static final Duration RETRY = Duration.ofMillis(500);

    private static final Duration LONGEST_RETRY = Duration.ofSeconds(2);

    /**
     * How often holes between stored candles are looked at: the candles may come to MySQL in a
     * moment, or the symbol has rested and there are none.
     */
    private static final int LOOKS = 12;

    /** Candles that are read at once. */
    static final int MOST_MISSED = 1_000;

    /** Whose candles are read. Another one may have its key by now. */
    final Channel channel;

    /** When the channel was heard for the last time, ms; 0 if never. */
    final long lastHeard;

    /** Open time of the first candle that is read; null if nothing had gone out. */
    final Long from;

    /** Open time of the first candle whose close is missed; null if nothing had gone out. */
    final Long unclosed;

    /** The number of the hold that its end ends. */
    final int hold;

    /** The highest version that was logged of each candle, by open time. */
    final Map<Long, Candle> corrected = new TreeMap<>();

    /** Where the log of changes goes on. */
    long loggedSince;

    long loggedFrom;

    /** Whether those since the first one have been passed on. */
    boolean isSincePassed;

    /** Whether the candles of the channel itself have been passed on, but for a gap. */
    volatile boolean isPassed;

    /** What the stream went on without, since MySQL alone has it; null for nothing. */
    volatile Range gap;

    boolean isRead;
    int looks = LOOKS;

    /** After how many ms the stores are asked again. */
    final Backoff retry = new Backoff(RETRY, LONGEST_RETRY);

    /** After how many ms the log is. */
    final Backoff logRetry = new Backoff(LOG_RETRY, LONGEST_LOG_RETRY);

    private MissedReading(Channel channel, long lastHeard, Long from, Long unclosed, int hold) {
        this.channel = channel;
        this.lastHeard = lastHeard;
        this.from = from;
        this.unclosed = unclosed;
        this.hold = hold;
        this.loggedSince = lastHeard - CLOCKS_DIFFER.toMillis();
    }

    /** Of all that a channel may have missed by now. */
    static MissedReading of(Channel channel) {
        // The hold first: what a later one waits for is read later.
        int hold = channel.holds();
        LiveSeries plain = channel.plain();
        return new MissedReading(
                channel, channel.lastHeard(), plain.rememberedSince(), plain.unclosedSince(), hold);
    }

    /** Of this and of what an earlier one of the same channel has not done. */
    MissedReading with(MissedReading earlier) {
        if (earlier.channel != channel) {
            return this;
        }
        boolean isDone = earlier.isPassed;
        MissedReading both =
                new MissedReading(
                        channel,
                        // Before it was heard there was nothing to miss.
                        earlier.lastHeard == 0 ? lastHeard : Math.min(lastHeard, earlier.lastHeard),
                        isDone ? from : least(from, earlier.from),
                        isDone ? unclosed : least(unclosed, earlier.unclosed),
                        Math.max(hold, earlier.hold));
        both.gap = earlier.gap;
        return both;
    }

    private static Long least(Long one, Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    /**
     * What is missed of an answer, and MySQL alone has; null for nothing.
     *
     * @param answer the candles from the first one on, of Redis at least
     */
    Range lackingOf(QueryResult<List<Candle>> answer) {
        if (unclosed == null || !answer.away().contains(Store.MYSQL)) {
            return null;
        }
        // Behind the last hole Redis has them all.
        Long end = null;
        long next = Long.MIN_VALUE;
        for (Candle candle : answer.value()) {
            if (candle.openTime() != next) {
                end = candle.openTime() - 1;
            }
            next = channel.interval().nextOpen(candle.openTime());
        }
        return end != null && end < unclosed ? null : new Range(unclosed, end, MOST_MISSED);
    }

    /** The stream goes on without some candles. */
    void leaveOut(Range candles) {
        Long since = gap == null ? candles.start() : least(gap.start(), candles.start());
        gap = new Range(since, candles.end(), MOST_MISSED);
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
}
