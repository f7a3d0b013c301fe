package io.kline.window;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The trades of one symbol that wait to be merged.
 *
 * @param partials a partial candle per minute; almost always one minute, two around a boundary:
 *     hence a list, searched; mutable
 * @param alone trades that may be late for some interval, each by itself; mutable
 * @param aloneBefore trades before this time are late for some interval whatever the watermark, ms
 */
public record PendingTrades(List<Partial> partials, List<Partial> alone, long aloneBefore) {

    /** No trade is late but by the watermark. */
    static final long NEVER = Long.MIN_VALUE;

    private static final Comparator<Partial> BY_TIME =
            Comparator.comparingLong((Partial partial) -> partial.trades().lastTime())
                    .thenComparingLong(partial -> partial.trades().lastId());

    PendingTrades(long aloneBefore) {
        this(new ArrayList<>(2), new ArrayList<>(0), aloneBefore);
    }

    boolean isEmpty() {
        return partials.isEmpty() && alone.isEmpty();
    }

    /** Adds trades of one minute; tells whether they are the first of that minute. */
    boolean add(Partial more) {
        for (int i = 0; i < partials.size(); i++) {
            Partial partial = partials.get(i);
            if (partial.minute() == more.minute()) {
                partials.set(i, partial.plus(more.trades()));
                return false;
            }
        }
        partials.add(more);
        return true;
    }

    /** Adds a trade that may be late. */
    void addAlone(Partial trade) {
        alone.add(trade);
    }

    /**
     * All of them: oldest minute first, then the single trades, newest first. So the flat candles
     * behind late trades are issued again once, and not for every older one.
     */
    List<Partial> inOrder() {
        List<Partial> all = new ArrayList<>(partials);
        all.sort(BY_TIME);
        alone.sort(BY_TIME.reversed());
        all.addAll(alone);
        return all;
    }
}
