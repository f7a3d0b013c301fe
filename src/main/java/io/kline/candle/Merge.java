package io.kline.candle;

import io.kline.model.Ohlcv;
import io.kline.model.Trade;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The waiting trades of a symbol on their way into each of its series.
 *
 * <p>The order matters: trades that are in time go in before their candles are given up.
 */
final class Merge {

    private final PendingTrades pending;
    private final Step step;

    Merge(PendingTrades pending, Step step) {
        this.pending = pending;
        this.step = step;
    }

    /**
     * Folds, closes, issues and gives up in one series, and then passes on what is late for it.
     *
     * @param isRequired whether its interval has not been removed
     * @param opens whether flat candles are opened up to the step's clock
     * @param refresh lets the forming candle wait
     */
    void into(Series one, boolean isRequired, boolean opens, Refresh refresh) {
        long current = one.current();
        for (int i = 0; i < pending.size(); i++) {
            fold(one, pending.content(i), isRequired);
        }
        for (PendingTrades.Single single : pending.singles()) {
            if (one.beginning().hasCounted(single.trade())) {
                continue;
            }
            boolean isBeforeAdded = one.beginning().isAddedAfter(single.trade().time());
            if (isBeforeAdded || !Lateness.isLate(single, one)) {
                fold(one, Ohlcv.of(single.trade()), isRequired);
            }
        }
        if (step.clock > step.from) {
            one.close(step);
        }
        if (opens) {
            one.extend(step);
        }
        refresh.hold(one, step);
        one.issue(step);
        one.giveUp(step);
        if (!pending.singles().isEmpty()) {
            passOnLate(one, isRequired);
            one.issue(step);
        }
        if (step.clock > step.from || one.current() != current) {
            one.schedule(step.clock);
        }
    }

    private void fold(Series one, Ohlcv trades, boolean isRequired) {
        long time = trades.last().time();
        if (time < one.beginning().firstOpen()) {
            one.carryOver(trades, step);
        } else if (isRequired || one.hasReached(time)) {
            one.fold(trades, step);
        }
    }

    /** The newest first: what an older one changes ends there. */
    private void passOnLate(Series one, boolean isRequired) {
        List<Trade> late = new ArrayList<>(pending.singles().size());
        for (PendingTrades.Single single : pending.singles()) {
            boolean isOwn = isRequired || one.hasReached(single.trade().time());
            boolean isCounted = one.beginning().hasCounted(single.trade());
            if (isOwn && !isCounted && Lateness.isForStored(single, one)) {
                late.add(single.trade());
            }
        }
        late.sort(Comparator.comparing(Trade::time).thenComparing(Trade::id).reversed());
        late.forEach(trade -> one.late(trade, step));
    }
}
