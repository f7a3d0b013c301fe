package io.kline.window;

import io.kline.fold.Fold;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The trades of one symbol that wait to be merged, one partial candle per minute. Almost always one
 * minute, two around a boundary: hence a list, searched.
 *
 * @param partials mutable
 */
public record PendingTrades(List<Partial> partials) {

    PendingTrades() {
        this(new ArrayList<>(2));
    }

    /** Adds trades of one minute; tells whether they are the first of that minute. */
    boolean add(String symbol, long minute, Fold trades) {
        for (int i = 0; i < partials.size(); i++) {
            Partial partial = partials.get(i);
            if (partial.minute() == minute) {
                partials.set(i, partial.plus(trades));
                return false;
            }
        }
        partials.add(new Partial(symbol, minute, trades));
        return true;
    }

    /** All of them, oldest minute first. */
    List<Partial> inOrder() {
        partials.sort(Comparator.comparingLong(Partial::minute));
        return partials;
    }
}
