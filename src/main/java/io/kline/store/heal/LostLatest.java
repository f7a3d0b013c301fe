package io.kline.store.heal;

import io.kline.model.Candle;
import io.kline.model.Interval;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The symbols that lack a latest kline. The live job writes it again within {@code
 * redis.reassert-interval}, if it has the symbol in its state. If nobody did, the stored candle is
 * the latest one where no other has opened since: the symbol is at rest. Of all others it is not
 * known which candle a reader saw last, and an older one would be a step back.
 */
final class LostLatest {

    /** How many times the patience a symbol waits that has lost nothing. */
    private static final int LONGER = 10;

    private final long carryFor;
    private final long patience;
    private final Map<String, Long> since = new HashMap<>();

    /**
     * @param carryFor how long after its last trade a symbol gets candles, ms
     * @param patience how long the live job is waited for, ns
     */
    LostLatest(long carryFor, long patience) {
        this.carryFor = carryFor;
        this.patience = patience;
    }

    /**
     * A look has found all latest klines of a symbol, or not.
     *
     * @param now never goes back, ns
     * @return whether they were missing at every look for so long that nobody else brings them back
     */
    boolean isOverdue(String symbol, boolean isMissing, long now) {
        if (!isMissing) {
            since.remove(symbol);
            return false;
        }
        return now - since.computeIfAbsent(symbol, first -> now) > patience;
    }

    /** Nothing is stored that could be the latest: there is no hurry to look again. */
    void postpone(String symbol, long now) {
        since.put(symbol, now + (LONGER - 1) * patience);
    }

    /**
     * Those of a symbol's newest stored candles after which no other one has opened.
     *
     * @param newest of each interval that has one
     */
    List<Candle> last(Map<Interval, Candle> newest) {
        long lastTrade = newest.values().stream().mapToLong(Candle::lastTime).max().orElse(0);
        List<Candle> last = new ArrayList<>();
        newest.forEach(
                (interval, candle) -> {
                    if (interval.nextOpen(candle.openTime()) >= lastTrade + carryFor) {
                        last.add(candle);
                    }
                });
        return last;
    }
}
