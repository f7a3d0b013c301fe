package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The order in which the candles of one symbol and interval go out: open times never go back, and
 * before a candle comes the closing version of the one before it.
 *
 * <p>Redis has them in another order on a busy symbol: the first trade of a candle is there long
 * before the one before it can be closed. So what is newer waits, {@link #PATIENCE} at most, each
 * candle from when it came. The newest version of each waiting candle is kept.
 */
final class CandleOrder {

    /** How long a candle waits for those before it. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** As many as one catch-up brings; with more the oldest no longer wait. */
    static final int MOST_WAITING = 1_000;

    private final Interval interval;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private Candle newest;
    private boolean hasBegun;

    /**
     * @param since when its first version came, ns
     */
    private record Waiting(Candle candle, long since) {

        long until() {
            return since + PATIENCE.toNanos();
        }
    }

    CandleOrder(Interval interval) {
        this.interval = interval;
    }

    /** The newest candle that went out, or null. */
    Candle newest() {
        return newest;
    }

    /** Whether a newer candle went out already. */
    boolean isOver(Candle candle) {
        return newest != null && candle.openTime() < newest.openTime();
    }

    /**
     * The newest candle there is has come. It goes out next, after the closed ones that lead to it
     * without a gap: they may have closed since. Until then all wait.
     *
     * @return the others before it that have waited, oldest first: they do not go out
     */
    List<Candle> begin() {
        List<Candle> older = new ArrayList<>();
        if (!hasBegun && newest == null && !waiting.isEmpty()) {
            long first = firstOfTheLast();
            while (waiting.firstKey() < first) {
                older.add(waiting.pollFirstEntry().getValue().candle);
            }
        }
        hasBegun = true;
        return older;
    }

    /**
     * Takes a candle that is not over, in a higher version than before.
     *
     * @param now ns
     * @return what goes out now, oldest first
     */
    List<Candle> accept(Candle candle, long now) {
        waiting.merge(
                candle.openTime(),
                new Waiting(candle, now),
                (before, after) -> new Waiting(after.candle, before.since));
        return release(now);
    }

    /**
     * What has waited long enough.
     *
     * @param now ns
     * @return what goes out now, oldest first
     */
    List<Candle> release(long now) {
        List<Candle> released = new ArrayList<>();
        long overdue = lastOverdue(now);
        while (!waiting.isEmpty()
                && (waiting.firstKey() <= overdue
                        || waiting.size() > MOST_WAITING
                        || isNext(waiting.firstKey()))) {
            newest = waiting.pollFirstEntry().getValue().candle;
            released.add(newest);
        }
        return released;
    }

    /** When the next candle will have waited long enough, ns; empty if none waits. */
    OptionalLong deadline() {
        return waiting.values().stream().mapToLong(Waiting::until).min();
    }

    private boolean isNext(long openTime) {
        if (newest == null) {
            return hasBegun;
        }
        return openTime == newest.openTime()
                || newest.closed() && openTime == interval.nextOpen(newest.openTime());
    }

    /** Open time of the first of those that lead to the last one, closed and without a gap. */
    private long firstOfTheLast() {
        long first = waiting.lastKey();
        Map.Entry<Long, Waiting> before = waiting.lowerEntry(first);
        while (before != null
                && before.getValue().candle.closed()
                && interval.nextOpen(before.getKey()) == first) {
            first = before.getKey();
            before = waiting.lowerEntry(first);
        }
        return first;
    }

    /** Those before one that is overdue are, too. */
    private long lastOverdue(long now) {
        for (Map.Entry<Long, Waiting> each : waiting.descendingMap().entrySet()) {
            if (each.getValue().until() - now <= 0) {
                return each.getKey();
            }
        }
        return Long.MIN_VALUE;
    }
}
