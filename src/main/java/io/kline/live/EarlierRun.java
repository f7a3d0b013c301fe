package io.kline.live;

import io.kline.candle.TakeOver;
import io.kline.model.Interval;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The symbols whose candles an earlier run has left in Redis, for a start without state. All of
 * them are taken over before the first checkpoint: at their first trade, or at its barrier. Each is
 * asked for once, and every attempt of the same start gets the same answer.
 */
final class EarlierRun {

    private final StoredCandles.Opener opener;
    private final String start;
    private StoredCandles stored;
    private Set<String> own = Set.of();
    private Set<String> left = Set.of();
    private long earliest = Long.MAX_VALUE;

    /**
     * @param start names the start
     */
    EarlierRun(StoredCandles.Opener opener, String start) {
        this.opener = opener;
        this.start = start;
    }

    /** Learns which symbols there are. */
    void open(Predicate<String> isOwn) throws InterruptedException {
        stored = opener.open(start);
        own = stored.symbols().stream().filter(isOwn).collect(Collectors.toUnmodifiableSet());
        left = new HashSet<>(own);
    }

    /** A trade came at this time, ms. */
    void seen(long time) {
        if (!left.isEmpty()) {
            earliest = Math.min(earliest, time);
        }
    }

    /** The symbols that have not been taken over. */
    List<String> left() {
        return List.copyOf(left);
    }

    /** Whether the symbol is one of them. */
    boolean has(String symbol) {
        return left.contains(symbol);
    }

    /**
     * What the earlier run has left of a symbol.
     *
     * @param now ms
     */
    TakeOver takeOver(String symbol, List<Interval> intervals, long now)
            throws InterruptedException {
        left.remove(symbol);
        return stored.newest(symbol, intervals, Math.min(earliest, now));
    }

    /** The first checkpoint is complete: there is no other attempt. */
    void over() {
        if (stored != null) {
            stored.forget(own);
            close();
        }
    }

    void close() {
        if (stored != null) {
            stored.close();
            stored = null;
        }
    }
}
