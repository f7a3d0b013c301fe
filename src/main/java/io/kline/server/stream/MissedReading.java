package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Version;
import io.kline.query.QueryResult;
import io.kline.query.Range;
import io.kline.query.RestatedCandle;
import io.kline.query.Store;
import io.kline.store.Backoff;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

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

    /**
     * The versions that were passed on: what a series has forgotten would look like corrections.
     */
    private final Map<Long, Version> passed = new ConcurrentHashMap<>();

    /** Where the log of changes goes on. */
    long loggedSince;

    long loggedFrom;

    /** Whether those since the first one have been passed on. */
    volatile boolean isSincePassed;

    /** Whether the candles of the channel itself have been passed on, but for gaps. */
    boolean isPassed;

    /** What the stream went on without: MySQL was away, or did not have it yet. */
    volatile List<Range> gaps = List.of();

    /** Open time of the first candle that was waited for, as MySQL was away; null for none. */
    volatile Long awaited;

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
        int hold = channel.newestHold();
        LiveSeries plain = channel.plain();
        return new MissedReading(
                channel, channel.lastHeard(), plain.rememberedSince(), plain.unclosedSince(), hold);
    }

    /** Of this and of what an earlier one of the same channel has not done. */
    MissedReading with(MissedReading earlier) {
        if (earlier.channel != channel) {
            return this;
        }
        boolean isDone = earlier.isSincePassed;
        MissedReading both =
                new MissedReading(
                        channel,
                        // Before it was heard there was nothing to miss.
                        earlier.lastHeard == 0 ? lastHeard : Math.min(lastHeard, earlier.lastHeard),
                        isDone ? from : least(from, earlier.from),
                        isDone ? unclosed : least(unclosed, earlier.unclosed),
                        Math.max(hold, earlier.hold));
        both.awaited = isDone ? null : earlier.awaited;
        both.passed.putAll(earlier.passed);
        both.gaps = earlier.gaps;
        return both;
    }

    private static Long least(Long one, Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }

    /** Passes stored candles on, unless Redis was not asked for them; returns whether it was. */
    boolean pass(QueryResult<List<Candle>> answer) {
        // A part would be read, and passed on, again with the whole.
        boolean isWhole = isWhole(answer);
        if (isWhole) {
            answer.value().forEach(this::pass);
        } else {
            channel.holdOn();
        }
        return isWhole;
    }

    void pass(Candle candle) {
        Version before = passed.get(candle.openTime());
        if (before == null || candle.version().compareTo(before) > 0) {
            passed.put(candle.openTime(), candle.version());
            channel.accept(candle);
        }
    }

    static boolean isWhole(QueryResult<List<Candle>> answer) {
        return !answer.away().contains(Store.REDIS);
    }

    /** From the first candle that was missed and is not stored to the last; null for none. */
    Range lackingOf(List<Candle> stored) {
        return unclosed == null ? null : lackingOf(stored, new Range(unclosed, null, MOST_MISSED));
    }

    /**
     * From the first candle that is not stored to the last; null for none.
     *
     * @param stored oldest first
     * @param wanted from a start on; without an end nothing lacks behind the last one stored
     */
    Range lackingOf(List<Candle> stored, Range wanted) {
        if (stored.isEmpty()) {
            return wanted;
        }
        Long first = null;
        long last = 0;
        long next = wanted.start();
        for (Candle candle : stored) {
            if (candle.openTime() > next) {
                first = first == null ? next : first;
                last = candle.openTime() - 1;
            }
            next = Math.max(next, channel.interval().nextOpen(candle.openTime()));
        }
        if (wanted.end() != null && next <= wanted.end()) {
            first = first == null ? next : first;
            last = wanted.end();
        }
        return first == null ? null : new Range(first, last, wanted.limit());
    }

    /** What a page of a gap does not reach; null for nothing. */
    Range behind(List<Candle> page, Range gap) {
        if (page.size() < gap.limit()) {
            return null;
        }
        long next = channel.interval().nextOpen(page.get(page.size() - 1).openTime());
        return gap.end() != null && next > gap.end()
                ? null
                : new Range(next, gap.end(), gap.limit());
    }

    /**
     * Those since the first one have been passed on.
     *
     * @param lacking what the stream goes on without; null for nothing
     */
    void goOn(Range lacking) {
        List<Range> without = new ArrayList<>(gaps);
        // From there on all was read once more.
        without.removeIf(gap -> unclosed != null && gap.start() >= unclosed);
        if (lacking != null) {
            without.add(lacking);
        }
        gaps = List.copyOf(without);
        isSincePassed = true;
    }

    /** These gaps are left, all else was passed on. */
    void leave(List<Range> left) {
        gaps = List.copyOf(left);
    }

    /**
     * What was corrected meanwhile may have been stored, and passed on, before the log was read.
     */
    void passCorrected() {
        corrected.values().forEach(this::pass);
        corrected.clear();
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
