package io.kline.tools.chaos;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * How long trades of each symbol take, from being sent until the latest kline of their symbol has
 * them or a younger one. One symbol may stand still while all others go on. A symbol waits while a
 * trade of it is on its way, and while its latest kline is missing or older than one that was seen:
 * then Redis has lost it. Thread safe.
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
        private long seen = Long.MIN_VALUE;
        private long longest;
        private boolean isLost;
        private long lostAt;
        private long longestAfterLoss;

        /** The trade that waits longest. One sent before a loss may have been written before it. */
        private Optional<Sent> first() {
            return onTheirWay.stream().filter(sent -> !isLost || sent.at > lostAt).findFirst();
        }
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

    /** The symbols that ever traded. */
    synchronized List<String> symbols() {
        return List.copyOf(symbols.keySet());
    }

    /**
     * The latest kline of a symbol was read.
     *
     * @param time of its last trade, ms; {@code Long.MIN_VALUE} if there is no kline
     */
    synchronized void seen(String symbol, long time) {
        OneSymbol one = symbols.get(symbol);
        measure(one);
        boolean wasLost = one.isLost;
        one.isLost = time < one.seen;
        if (one.isLost && !wasLost) {
            one.lostAt = clock.getAsLong();
        }
        one.seen = Math.max(one.seen, time);
        while (!one.onTheirWay.isEmpty() && one.onTheirWay.peek().time <= time) {
            one.onTheirWay.remove();
        }
    }

    /**
     * Whether all trades of some symbols that were sent up to a moment, ns, have been seen and none
     * is lost.
     */
    synchronized boolean hasSeenAll(long until, Predicate<String> some) {
        return symbols.entrySet().stream()
                .filter(each -> some.test(each.getKey()))
                .map(Map.Entry::getValue)
                .filter(one -> one.isLost || !one.onTheirWay.isEmpty())
                .allMatch(one -> !one.isLost && one.onTheirWay.peek().at > until);
    }

    /** The longest wait for a trade of each symbol that traded, those that last included. */
    synchronized Map<String, Duration> longest() {
        return longest(one -> one.longest);
    }

    /**
     * The longest wait of each symbol for a kline that Redis had lost, those that last included.
     */
    synchronized Map<String, Duration> longestAfterLoss() {
        return longest(one -> one.longestAfterLoss);
    }

    private Map<String, Duration> longest(ToLongFunction<OneSymbol> nanos) {
        Map<String, Duration> all = new TreeMap<>();
        symbols.forEach(
                (name, one) -> {
                    measure(one);
                    all.put(name, Duration.ofNanos(nanos.applyAsLong(one)));
                });
        return all;
    }

    /** Forgets how long waits were. */
    synchronized void forget() {
        symbols.values()
                .forEach(
                        one -> {
                            one.longest = 0;
                            one.longestAfterLoss = 0;
                        });
    }

    /** Measures nothing from now on. What has waited until now stays. */
    synchronized void stop() {
        symbols.values().forEach(this::measure);
        measures = false;
    }

    /** Measures from now on, as if what is on its way were sent now, and what is lost lost now. */
    synchronized void resume() {
        measures = true;
        since = clock.getAsLong();
    }

    private void measure(OneSymbol one) {
        if (measures) {
            one.first().ifPresent(sent -> one.longest = Math.max(one.longest, measured(sent.at)));
            if (one.isLost) {
                one.longestAfterLoss = Math.max(one.longestAfterLoss, measured(one.lostAt));
            }
        }
    }

    /** How much of the time since a moment is measured, ns. */
    private long measured(long begin) {
        return clock.getAsLong() - Math.max(since, begin);
    }
}
