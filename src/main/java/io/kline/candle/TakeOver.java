package io.kline.candle;

import io.kline.model.Candle;
import java.util.List;

/**
 * The candles of a symbol that an earlier run has left in a store, for a start without state.
 *
 * @param symbol whose candles
 * @param candles the newest ones of each interval, oldest first within an interval, the latest
 *     included
 */
public record TakeOver(String symbol, List<Candle> candles) {

    public TakeOver {
        candles = List.copyOf(candles);
    }

    /** Whether the earlier run has left nothing. */
    public boolean isEmpty() {
        return candles.isEmpty();
    }
}
