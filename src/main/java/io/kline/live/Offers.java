package io.kline.live;

import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import io.kline.model.DeadLetter;
import io.kline.model.Inbound.Accepted;
import io.kline.model.Reason;
import java.util.List;
import java.util.function.Consumer;

/**
 * Offers trades to the candles of their symbol, counts the answers, and sets aside what is not
 * decidable.
 */
final class Offers {

    private final Rules rules;
    private final CandleCounters counters;
    private final Consumer<DeadLetter> deadLetters;

    Offers(Rules rules, CandleCounters counters, Consumer<DeadLetter> deadLetters) {
        this.rules = rules;
        this.counters = counters;
        this.deadLetters = deadLetters;
    }

    /** Offers trades in their order, and returns whether the candles have changed. */
    boolean offer(List<Accepted> trades, SymbolCandles candles) {
        boolean isChanged = false;
        for (int i = 0; i < trades.size(); i++) {
            isChanged |= offer(trades.get(i), candles);
        }
        return isChanged;
    }

    private boolean offer(Accepted accepted, SymbolCandles candles) {
        switch (candles.offer(accepted.trade(), rules)) {
            case NEW -> {
                counters.accepted.inc();
                return true;
            }
            case DUPLICATE -> counters.duplicates.inc();
            case OVERLAPPING ->
                    reject(
                            accepted,
                            Reason.OVERLAPPING_EXECUTIONS,
                            "some of the executions were counted before");
            case REUSED ->
                    reject(
                            accepted,
                            Reason.ID_REUSED,
                            "known ids, but newer than all trades up to "
                                    + candles.seen().newest());
            case FORGOTTEN ->
                    reject(
                            accepted,
                            Reason.UNDECIDED_DUPLICATE,
                            "ids up to "
                                    + candles.seen().forgottenUpTo()
                                    + " are no longer remembered");
        }
        return false;
    }

    private void reject(Accepted accepted, Reason reason, String detail) {
        DeadLetter dead = new DeadLetter(reason, detail, accepted.raw());
        counters.rejected.count(dead);
        deadLetters.accept(dead);
    }
}
