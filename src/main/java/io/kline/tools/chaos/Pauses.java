package io.kline.tools.chaos;

import java.time.Duration;
import java.util.Comparator;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.util.function.RunnableWithException;

/**
 * How long candles stood still in a scenario: those of all symbols at once, and those of each. What
 * a scenario does to prepare is left out by {@link #leaveOut}, and the time in which no job runs by
 * {@link #stop} and {@link #resume}.
 */
final class Pauses {

    private final Supplier<Duration> freshness;
    private final Runnable reset;
    private final RunnableWithException awaitFresh;
    private final SymbolWaits waits;
    private Predicate<String> away = symbol -> false;
    private boolean awaitsAway = true;
    private Duration before = Duration.ZERO;
    private boolean measures = true;

    /**
     * @param freshness the longest pause between two fresh candles
     * @param reset begins to measure it anew
     * @param awaitFresh returns when candles of every symbol that can be are fresh
     */
    Pauses(
            Supplier<Duration> freshness,
            Runnable reset,
            RunnableWithException awaitFresh,
            SymbolWaits waits) {
        this.freshness = freshness;
        this.reset = reset;
        this.awaitFresh = awaitFresh;
        this.waits = waits;
    }

    /**
     * The wait of a symbol.
     *
     * @param symbol and what kind of wait it was, unless that was for a trade
     * @param allowed how long it may be
     */
    record Wait(String symbol, Duration time, Duration allowed) {

        boolean isTooLong() {
            return time.compareTo(allowed) > 0;
        }

        /** How far it is beyond what is allowed; negative if it is not. */
        Duration beyond() {
            return time.minus(allowed);
        }
    }

    /** A scenario begins: nothing that was before counts. */
    void begin() {
        away = symbol -> false;
        awaitsAway = true;
        beginPart();
    }

    /** A part of it begins, or a scenario that is played meanwhile: what is away stays so. */
    void beginPart() {
        before = Duration.ZERO;
        waits.forget();
        resume();
    }

    /** Does what is not judged. What stands still before is: it would be healed here unseen. */
    void leaveOut(RunnableWithException preparation) throws Exception {
        awaitFresh.run();
        stop();
        preparation.run();
        awaitFresh.run();
        resume();
    }

    /** The market closes: no candle is fresh any more, but what was sent has to come. */
    void closeMarket() {
        before = longest();
        measures = false;
    }

    /** The market opens again. */
    void openMarket() {
        reset.run();
        measures = true;
    }

    /** Nothing is measured from now on. */
    void stop() {
        closeMarket();
        waits.stop();
    }

    /** Measures on, from now. */
    void resume() {
        openMarket();
        waits.resume();
    }

    /** In this scenario these symbols may wait as long as what has them is away. */
    void away(Predicate<String> symbols) {
        away = symbols;
    }

    /** Whether the symbols that are away can be fresh: then they are waited for. */
    void awaitAway(boolean canBeFresh) {
        awaitsAway = canBeFresh;
    }

    /** Whether a symbol is waited for. */
    boolean isAwaited(String symbol) {
        return awaitsAway || !away.test(symbol);
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
     * @param afterLoss of a symbol whose latest kline was lost, until it has come back
     */
    Wait longestOfASymbol(Duration allowed, Duration allowedAway, Duration afterLoss) {
        Stream<Wait> forTrades =
                waits.longest().entrySet().stream()
                        .map(
                                each ->
                                        new Wait(
                                                each.getKey(),
                                                each.getValue(),
                                                away.test(each.getKey()) ? allowedAway : allowed));
        Stream<Wait> afterLosses =
                waits.longestAfterLoss().entrySet().stream()
                        .filter(each -> !each.getValue().isZero())
                        .map(
                                each ->
                                        new Wait(
                                                each.getKey() + " after a loss",
                                                each.getValue(),
                                                afterLoss));
        return Stream.concat(forTrades, afterLosses)
                .max(Comparator.comparing(Wait::beyond))
                .orElse(new Wait("none", Duration.ZERO, allowed));
    }
}
