package io.kline.server.stream;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The order in which the candles of one symbol and interval go out: open times never go back, and
 * before a candle comes the closing version of the one before it.
 *
 * <p>Redis has them in another order on a busy symbol: the first trade of a candle is there long
 * before the one before it can be closed. So what is newer waits, {@link #PATIENCE} at most, each
 * candle from when it came. What was missed comes when it has been read from the stores, which may
 * take longer: until then all that is not next waits, {@link #LONGEST_READING} at most, and {@link
 * #LONGEST_HOLD} where Redis is asked again and again. Where the channel is lost it waits that long
 * for the channel, and then for the reading. The newest version of each waiting candle is kept.
 */
final class CandleOrder {

    /** How long a candle waits for those before it. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    /** How long a candle waits for what is being read from the stores. */
    static final Duration LONGEST_READING = Duration.ofSeconds(30);

    /** How long it waits where the channel is lost, or Redis does not answer: nothing is live. */
    static final Duration LONGEST_HOLD = Duration.ofMinutes(3);

    /** As many as one catch-up brings; with more the oldest no longer wait. */
    static final int MOST_WAITING = 1_000;

    private final Interval interval;
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private Candle newest;
    private boolean hasBegun;

    /** Until when nothing is overdue, ns; null where nothing is being read. */
    private Long heldUntil;

    /** Since when something is held, ns. */
    private long heldSince;

    /** Whether the channel was lost since then. */
    private boolean wasLost;

    /**
     * @param since when its first version came, ns
     */
    private record Waiting(Candle candle, long since) {}

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
     * What comes is missed from now on, and will be read. After {@link #LONGEST_HOLD} there is
     * still time for the reading.
     *
     * @param now ns
     */
    void lose(long now) {
        beginHold(now);
        wasLost = true;
        heldUntil = Math.max(heldSince + LONGEST_HOLD.toNanos(), untilRead(now));
    }

    /**
     * What was missed is being read from the stores.
     *
     * @param now ns
     */
    void hold(long now) {
        beginHold(now);
        heldUntil = untilRead(now);
    }

    /**
     * It could not be read, and is tried again. What is no longer held stays so, and before a
     * candle has gone out there is none whose close could be missed.
     *
     * @param now ns
     */
    void holdOn(long now) {
        if (newest != null && isHeld(now)) {
            heldUntil = Math.max(heldUntil, untilRead(now));
        }
    }

    /** Nothing more is read: what waits for that is overdue as usual. */
    void letGo() {
        heldUntil = null;
    }

    /**
     * All that was missed has come. At first that is the newest candle there is: it goes out next,
     * after the one before it if that has closed in between.
     *
     * @return what has waited before the newest, oldest first: it was not the newest
     */
    List<Candle> begin() {
        letGo();
        List<Candle> older = new ArrayList<>();
        if (!hasBegun && newest == null && !waiting.isEmpty()) {
            long last = waiting.lastKey();
            NavigableMap<Long, Waiting> before = waiting.headMap(last, false);
            before.values().forEach(each -> older.add(each.candle));
            before.headMap(isClosedBefore(last) ? before.lastKey() : last).clear();
        }
        hasBegun = true;
        return older;
    }

    /**
     * Takes a candle that is not over. Of one that waits the higher version is kept.
     *
     * @param now ns
     * @return what goes out now, oldest first
     */
    List<Candle> accept(Candle candle, long now) {
        waiting.merge(
                candle.openTime(),
                new Waiting(candle, now),
                (before, after) ->
                        new Waiting(Candle.newer(before.candle, after.candle), before.since));
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
        return waiting.values().stream().mapToLong(this::until).min();
    }

    /** Whether what is not next waits for what is being read; now in ns. */
    boolean isHeld(long now) {
        return heldUntil != null && heldUntil - now > 0;
    }

    private void beginHold(long now) {
        if (!isHeld(now)) {
            heldSince = now;
            wasLost = false;
        }
    }

    private long untilRead(long now) {
        Duration most = wasLost ? LONGEST_HOLD.plus(LONGEST_READING) : LONGEST_HOLD;
        return Math.min(now + LONGEST_READING.toNanos(), heldSince + most.toNanos());
    }

    private boolean isNext(long openTime) {
        if (newest == null) {
            return hasBegun;
        }
        return openTime == newest.openTime()
                || newest.closed() && openTime == interval.nextOpen(newest.openTime());
    }

    /** Whether the candle that waits before another one is closed, without a gap between them. */
    private boolean isClosedBefore(long openTime) {
        Map.Entry<Long, Waiting> before = waiting.lowerEntry(openTime);
        return before != null
                && before.getValue().candle.closed()
                && interval.nextOpen(before.getKey()) == openTime;
    }

    private long until(Waiting each) {
        long patience = each.since + PATIENCE.toNanos();
        return heldUntil == null ? patience : Math.max(patience, heldUntil);
    }

    /** Those before one that is overdue are, too. */
    private long lastOverdue(long now) {
        for (Map.Entry<Long, Waiting> each : waiting.descendingMap().entrySet()) {
            if (until(each.getValue()) - now <= 0) {
                return each.getKey();
            }
        }
        return Long.MIN_VALUE;
    }
}
