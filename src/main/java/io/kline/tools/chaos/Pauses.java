package io.kline.tools.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * How long candles stood still in a scenario: those of all symbols at once, and those of each. What
 * a scenario does to prepare is left out by {@link #stop} and {@link #resume}, which forget
 * nothing.
 */
final class Pauses {

    private final Supplier<Duration> freshness;
    private final Runnable reset;
    private final SymbolWaits waits;
    private Predicate<String> away = symbol -> false;
    private Duration before = Duration.ZERO;
    private boolean measures = true;

    /**
     * @param freshness the longest pause between two fresh candles
     * @param reset begins to measure it anew
     */
    Pauses(Supplier<Duration> freshness, Runnable reset, SymbolWaits waits) {
        this.freshness = freshness;
        this.reset = reset;
        this.waits = waits;
    }

    /**
     * The wait of a symbol.
     *
     * @param allowed how long it may be
     */
    record Wait(String symbol, Duration time, Duration allowed) {

        boolean isTooLong() {
            return time.compareTo(allowed) > 0;
        }
    }

    /** A scenario begins: nothing that was before counts. */
    void begin() {
        before = Duration.ZERO;
        away = symbol -> false;
        waits.forget();
        resume();
    }

    /** Nothing is measured from now on. */
    void stop() {
        before = longest();
        waits.stop();
        measures = false;
    }

    /** Measures on, from now. */
    void resume() {
        reset.run();
        waits.resume();
        measures = true;
    }

    /** In this scenario these symbols may wait as long as what has them is away. */
    void away(Predicate<String> symbols) {
        away = symbols;
    }

    /** The longest time without a fresh candle of any symbol. */
    Duration longest() {
        Duration now = measures ? freshness.get() : Duration.ZERO;
        return now.compareTo(before) > 0 ? now : before;
    }

    /**
     * The wait of a symbol that is nearest to what is allowed, or furthest beyond it.
     *
     * @param allowed of all symbols but those that are away
     * @param allowedAway of those
     */
    Wait longestOfASymbol(Duration allowed, Duration allowedAway) {
        return waits.longest().entrySet().stream()
                .map(
                        each ->
                                new Wait(
                                        each.getKey(),
                                        each.getValue(),
                                        away.test(each.getKey()) ? allowedAway : allowed))
                .max(Comparator.comparing(wait -> wait.time().minus(wait.allowed())))
                .orElse(new Wait("none", Duration.ZERO, allowed));
    }
}
