package io.kline.tools.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * How long trades of each symbol take, from being sent until the latest kline of their symbol has
 * them or a younger one. One symbol may stand still while all others go on. A symbol waits only
 * while a trade of it is on its way. Thread safe.
 */
final class SymbolWaits {

    /**
     * A trade on its way.
     *
     * @param time of the trade, ms
     * @param at when it was sent, ns
     */
    private record Sent(long time, long at) {}

    private static final class OneSymbol {
        private final Deque<Sent> onTheirWay = new ArrayDeque<>();
        private long newest = Long.MIN_VALUE;
        private long longest;
    }

    private final LongSupplier clock;
    private final Map<String, OneSymbol> symbols = new TreeMap<>();
    private boolean measures = true;
    private long since;

    /**
     * @param clock never goes back, ns
     */
    SymbolWaits(LongSupplier clock) {
        this.clock = clock;
        this.since = clock.getAsLong();
    }

    /** A trade was sent. One that is not younger than all before cannot be seen by its time. */
    synchronized void sent(String symbol, long time) {
        OneSymbol one = symbols.computeIfAbsent(symbol, name -> new OneSymbol());
        if (time > one.newest) {
            one.newest = time;
            one.onTheirWay.add(new Sent(time, clock.getAsLong()));
        }
    }

    /** The symbols with trades on their way. */
    synchronized List<String> waiting() {
        return symbols.entrySet().stream()
                .filter(each -> !each.getValue().onTheirWay.isEmpty())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The latest kline of a symbol was read.
     *
     * @param time of its last trade, ms
     */
    synchronized void seen(String symbol, long time) {
        OneSymbol one = symbols.get(symbol);
        measure(one);
        while (!one.onTheirWay.isEmpty() && one.onTheirWay.peek().time <= time) {
            one.onTheirWay.remove();
        }
    }

    /** Whether all trades have been seen that were sent up to a moment, ns. */
    synchronized boolean hasSeenAll(long until) {
        return symbols.values().stream()
                .allMatch(one -> one.onTheirWay.isEmpty() || one.onTheirWay.peek().at > until);
    }

    /** The longest wait of each symbol that traded, those that last included. */
    synchronized Map<String, Duration> longest() {
        Map<String, Duration> all = new TreeMap<>();
        symbols.forEach(
                (name, one) -> {
                    measure(one);
                    all.put(name, Duration.ofNanos(one.longest));
                });
        return all;
    }

    /** Forgets how long waits were. */
    synchronized void forget() {
        symbols.values().forEach(one -> one.longest = 0);
    }

    /** Measures nothing from now on. What has waited until now stays. */
    synchronized void stop() {
        symbols.values().forEach(this::measure);
        measures = false;
    }

    /** Measures from now on, as if what is on its way were sent now. */
    synchronized void resume() {
        measures = true;
        since = clock.getAsLong();
    }

    private void measure(OneSymbol one) {
        if (measures && !one.onTheirWay.isEmpty()) {
            long begin = Math.max(since, one.onTheirWay.peek().at);
            one.longest = Math.max(one.longest, clock.getAsLong() - begin);
        }
    }
}
