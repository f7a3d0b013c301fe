package io.kline.tools.size;

import io.kline.candle.Rules;
import io.kline.candle.SymbolCandles;
import java.io.IOException;
import java.util.List;

/**
 * Bytes in a checkpoint, of symbols that trade every second.
 *
 * @param symbol of a symbol, its series aside
 * @param series of a series, the candles aside that still take trades
 * @param held of each of these
 */
record StateBytes(double symbol, double series, double held) {

    /** Measures with symbols that have traded for some minutes. */
    static StateBytes of(Rules rules, int minutes) throws IOException {
        SymbolCandles full = ByteMeasurement.symbol("SIZE0001USDT", rules, minutes);
        // Without lateness a series holds the current candle alone.
        Rules strict = new Rules(rules.intervals(), 0, rules.carryFor());
        SymbolCandles few = ByteMeasurement.symbol("SIZE0001USDT", strict, minutes);
        Rules none = new Rules(List.of(), 0, rules.carryFor());
        SymbolCandles bare = ByteMeasurement.symbol("SIZE0001USDT", none, minutes);
        int intervals = rules.intervals().size();
        double symbol = ByteMeasurement.checkpoint(bare);
        double held =
                (double) (ByteMeasurement.checkpoint(full) - ByteMeasurement.checkpoint(few))
                        / (held(full) - held(few));
        double series = (ByteMeasurement.checkpoint(few) - symbol - held * held(few)) / intervals;
        return new StateBytes(symbol, series, held);
    }

    private static int held(SymbolCandles candles) {
        return candles.series().stream()
                .mapToInt(series -> series.contents().traded().size())
                .sum();
    }
}
